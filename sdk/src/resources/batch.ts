import type { CreateOptions } from '../call-options.ts';
import type { components } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';

type Schemas = components['schemas'];
/** One create, update or delete; `{$ref}` in the place of an id is the entry of an earlier one. */
export type BatchOperation = Schemas['BatchOperation'];
export type BatchReply = Schemas['BatchReply'];

export interface BatchOptions extends CreateOptions {
  /** Only try: answers as if it were done, and undoes it. */
  readonly dryRun?: boolean;
}

export type BatchCall = (
  operations: readonly BatchOperation[],
  options?: BatchOptions,
) => Promise<BatchReply>;

/** Many operations in one transaction. Throws ApiError, with places such as `operations.3.data.title`, or NetworkError. */
export const batchCall =
  ({ raw, with: init }: Transport): BatchCall =>
  (operations, { dryRun, ...options } = {}) => {
    const body = {
      operations: [...operations],
      ...(dryRun === undefined ? {} : { dry_run: dryRun }),
    };
    return dataOf(raw.POST('/api/v1/batch', { body, ...init(options) }));
  };
