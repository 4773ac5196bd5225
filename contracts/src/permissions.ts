/**
 * What a caller may be allowed to do in a project; published as `x-permission` of an operation.
 * `content:write_own` is `content:write` for entries that the caller created.
 */
export const permissions = [
  'content:read',
  'content:write',
  'content:write_own',
  'schema:read',
  'schema:manage',
] as const;
export type Permission = (typeof permissions)[number];

/** What an account is in a project, the mightiest first. */
export const projectRoles = ['owner', 'admin', 'editor', 'author', 'viewer'] as const;
export type ProjectRole = (typeof projectRoles)[number];

const reading = ['content:read', 'schema:read'] as const;

/** What each role may do in its project. */
export const rolePermissions: Readonly<Record<ProjectRole, readonly Permission[]>> = {
  owner: permissions,
  admin: permissions,
  editor: [...reading, 'content:write', 'content:write_own'],
  author: [...reading, 'content:write_own'],
  viewer: reading,
};

/** Actions that a collection's row rules open or close. */
export const ruleActions = ['list', 'view', 'create', 'update', 'delete'] as const;
export type RuleAction = (typeof ruleActions)[number];
