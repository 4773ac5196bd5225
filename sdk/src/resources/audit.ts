import type { CallOptions } from '../call-options.ts';
import type { components, operations } from '../schema.d.ts';
import { dataOf, type Transport } from '../transport.ts';

type Schemas = components['schemas'];
export type AuditRow = Schemas['AuditRow'];
export type AuditPage = Schemas['AuditPage'];
export type AuditStatistics = Schemas['AuditStatistics'];
export type AuditVerification = Schemas['AuditVerification'];
export type AuditQuery = NonNullable<operations['audit_list']['parameters']['query']>;
type StatisticsQuery = NonNullable<operations['audit_statistics']['parameters']['query']>;

/** Rows that one request of `follow` asks for. */
const PAGE = 100;

export interface AuditResource {
  /** One page of what happened in the project, newest first. */
  list(query?: AuditQuery, options?: CallOptions): Promise<AuditPage>;
  /** The same of sign-ins, refusals and access alone. */
  security(query?: AuditQuery, options?: CallOptions): Promise<AuditPage>;
  /** All rows behind a place in the chain, oldest first, page by page as the loop asks for them. */
  follow(afterSeq?: number, options?: CallOptions): AsyncGenerator<AuditRow, void, undefined>;
  get(id: string, options?: CallOptions): Promise<AuditRow>;
  statistics(query?: StatisticsQuery, options?: CallOptions): Promise<AuditStatistics>;
  /** Lets the server recompute the chain; `cms audit verify` does it itself. */
  verify(options?: CallOptions): Promise<AuditVerification>;
}

const root = '/api/v1/audit';

/** The project's audit log. Every call throws ApiError or NetworkError. */
export function auditResource({ raw, with: init }: Transport): AuditResource {
  const list: AuditResource['list'] = (query = {}, options = {}) =>
    dataOf(raw.GET(root, { params: { query }, ...init(options) }));
  return {
    list,
    security: (query = {}, options = {}) =>
      dataOf(raw.GET(`${root}/security`, { params: { query }, ...init(options) })),
    follow: async function* (afterSeq = 0, options = {}) {
      for (let last = afterSeq; ;) {
        const { items } = await list({ after_seq: last, limit: PAGE }, options);
        yield* items;
        if (items.length < PAGE) return;
        last = items.at(-1)?.seq ?? last;
      }
    },
    get: (id, options = {}) =>
      dataOf(raw.GET(`${root}/{id}`, { params: { path: { id } }, ...init(options) })),
    statistics: (query = {}, options = {}) =>
      dataOf(raw.GET(`${root}/statistics`, { params: { query }, ...init(options) })),
    verify: (options = {}) => dataOf(raw.GET(`${root}/verify`, { ...init(options) })),
  };
}
