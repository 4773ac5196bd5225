import { type Permission, type ProjectRole, projectRoles } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { prepared } from '../../platform/db/sql.ts';
import { invalid } from '../../platform/errors/app-error.ts';
import type { Scope } from './scope.ts';
import type { HeldRole } from './standing.ts';

/** A role that somebody is to be given. */
export interface NamedRole extends HeldRole {
  readonly name: string;
  /** Of a custom role. */
  readonly id: string | null;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly permissions: Permission[];
}

// The lock keeps what the role allows, until whoever gives it has given it.
const find = prepared(
  `select id, name, permissions from roles
  where scope_id = $1 and (id = $2 or lower(name) = lower($2)) for share`,
);

const isBuiltIn = (name: string): name is ProjectRole =>
  (projectRoles as readonly string[]).includes(name);

/**
 * The role that a body names: a built-in one, or a custom one of the scope by its name or id. Throws
 * VALIDATION_ERROR where there is none.
 */
export async function roleNamed(tx: Ctx, { id: scopeId }: Scope, name: string): Promise<NamedRole> {
  if (isBuiltIn(name)) return { role: name, name, id: null, permissions: null };
  const [row] = await tx.sql.rows<Row>(find, [scopeId, name]);
  if (row) return { role: 'custom', ...row };
  const message = `There is no such role here; use ${projectRoles.join(', ')} or a custom role.`;
  throw invalid([{ field: 'role', message, code: 'unknown_role' }]);
}
