import type { CallOptions } from '../call-options.ts';
import type { components } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';

/** Whether an action would be allowed, and what decides, down to the fields. */
export type Explanation = components['schemas']['Explanation'];
/** What is to be explained: an action, on what, and whose if not one's own. */
export type Question = components['schemas']['PermissionsExplainBody'];

export interface PermissionsResource {
  /** Changes nothing. */
  explain(question: Question, options?: CallOptions): Promise<Explanation>;
}

/** Who may do what, and why. Every call throws ApiError or NetworkError. */
export const permissionsResource = ({ raw, with: init }: Transport): PermissionsResource => ({
  explain: (body, options = {}) =>
    dataOf(raw.POST('/api/v1/permissions/explain', { body, ...init(options) })),
});
