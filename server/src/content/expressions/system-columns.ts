import type { ColumnSql } from './resolve-column.ts';
import type { Kind } from './kinds.ts';

const kinds = {
  entry_id: 'code',
  status: 'code',
  version: 'number',
  created_at: 'moment',
  updated_at: 'moment',
  published_at: 'moment',
  created_by: 'code',
  updated_by: 'code',
} as const satisfies Readonly<Record<string, Kind>>;
type SystemColumn = keyof typeof kinds;

/** The system's fields by every spelling. */
const columns: ReadonlyMap<string, SystemColumn> = new Map([
  ['id', 'entry_id'],
  ['status', 'status'],
  ['version', 'version'],
  ['created', 'created_at'],
  ['createdAt', 'created_at'],
  ['created_at', 'created_at'],
  ['updated', 'updated_at'],
  ['updatedAt', 'updated_at'],
  ['updated_at', 'updated_at'],
  ['publishedAt', 'published_at'],
  ['published_at', 'published_at'],
  ['createdBy', 'created_by'],
  ['created_by', 'created_by'],
  ['updatedBy', 'updated_by'],
  ['updated_by', 'updated_by'],
]);

/** True for the name of a system field, which a field of that name shadows. */
export const isSystemName = (name: string): boolean => columns.has(name);

/** A system field of a table by the rest of a path: `status`, or `sys.status` where that is shadowed. */
export function systemColumn(
  alias: string,
  path: readonly string[],
): (ColumnSql & { readonly name: string }) | undefined {
  const [first = '', second = ''] = path;
  const column = path.length === 1 ? columns.get(first) : undefined;
  const named = path.length === 2 && first === 'sys' ? columns.get(second) : column;
  if (!named) return undefined;
  const kind = kinds[named];
  const sql = `${alias}.${named}`;
  return {
    kind,
    name: `sys.${named}`,
    text: sql,
    value: kind === 'code' ? `(${sql} collate "C")` : sql,
  };
}
