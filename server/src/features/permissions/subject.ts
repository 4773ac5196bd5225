import {
  type InstanceRole,
  type Permission,
  type ProjectRole,
  rolePermissions,
} from '@cms/contracts';
import type { Ctx, Principal, UserPrincipal } from '../../content/context.ts';
import { refused } from '../../content/policy/access.ts';
import { principalInProject } from '../../content/principal-in-project.ts';
import { prepared } from '../../platform/db/sql.ts';
import { invalid } from '../../platform/errors/app-error.ts';

/** Whose permission is explained. */
export interface Subject {
  /** `You`, or who else: it begins a sentence. */
  readonly who: 'You' | 'This user';
  /** With what it may do in the project; undefined for who may not know of the project. */
  readonly principal: Principal | undefined;
  readonly active: boolean;
  /** Where its permissions come from, by name. */
  readonly sources: readonly Source[];
}

interface Source {
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
}

interface Row {
  readonly email: string;
  readonly role: InstanceRole;
  readonly active: boolean;
  readonly roles: [
    role: ProjectRole | 'custom',
    name: string | null,
    custom: Permission[] | null,
  ][];
}

const find = prepared(
  `select a.email, a.role, a.active, coalesce((
      select jsonb_agg(jsonb_build_array(m.role, r.name, r.permissions))
      from (
        select role, custom_role_id from project_members where account_id = a.id and project_id = $2
        union all
        select t.role, t.custom_role_id
        from team_members t join projects p on p.team_id = t.team_id where t.account_id = a.id and p.id = $2
      ) m left join roles r on r.id = m.custom_role_id), '[]') as roles
  from accounts a where a.id = $1`,
);

/**
 * The caller itself, or the account that it asks about. Throws FORBIDDEN for who may not ask about
 * others, VALIDATION_ERROR for an account that is missing or, to who manages members alone, none of them.
 */
export async function subjectOf(ctx: Ctx, userId: string | undefined): Promise<Subject> {
  const { principal, project } = ctx;
  const own = principal.kind === 'user' ? principal.accountId : undefined;
  const id = userId ?? own;
  if (id === undefined || id === own) return { ...(await itself(ctx)), who: 'You' };
  const { permissions } = principal;
  const asksAll = permissions.has('users:manage');
  if (!asksAll && !permissions.has('members:manage'))
    throw refused(principal, 'Only who manages users or members may ask about others.');
  const row = await rowOf(ctx, id);
  if (!row || (!asksAll && row.roles.length === 0))
    throw invalid([
      { field: 'user_id', message: 'There is no such user here.', code: 'reference' },
    ]);
  const sources = sourcesOf(row);
  const held = new Set(sources.flatMap((source) => [...source.permissions]));
  const account: UserPrincipal = {
    kind: 'user',
    id,
    accountId: id,
    sessionId: '',
    email: row.email,
    role: row.role,
    projectId: null,
    memberships: new Map(row.roles.length > 0 ? [[project.id, held]] : []),
    teams: new Map(),
    permissions: new Set(),
  };
  const inside = principalInProject(account, project, true);
  return { who: 'This user', principal: inside, active: row.active, sources };
}

async function itself(ctx: Ctx): Promise<Omit<Subject, 'who'>> {
  const { principal } = ctx;
  const is = (name: string) => [{ name, permissions: principal.permissions }];
  const known = { principal, active: true };
  if (principal.kind !== 'user')
    return { ...known, sources: is(principal.kind === 'root' ? 'root key' : 'API key') };
  const row = await rowOf(ctx, principal.accountId);
  return { ...known, sources: row ? sourcesOf(row) : [] };
}

async function rowOf({ sql, project }: Ctx, accountId: string): Promise<Row | undefined> {
  const [row] = await sql.rows<Row>(find, [accountId, project.id]);
  return row;
}

function sourcesOf({ role, roles }: Row): Source[] {
  const admin: Source[] =
    role === 'admin'
      ? [{ name: 'administrator', permissions: new Set<Permission>(rolePermissions.owner) }]
      : [];
  const members = roles.map(([own, name, custom]): Source => ({
    name: name ?? own,
    permissions: new Set<Permission>(own === 'custom' ? (custom ?? []) : rolePermissions[own]),
  }));
  return [...admin, ...members];
}
