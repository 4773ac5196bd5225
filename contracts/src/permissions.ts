/** What a caller may be allowed to do in a project; published as `x-permission` of an operation. */
export const projectPermissions = [
  'content:read',
  'content:write',
  // content:write for entries that the caller created.
  'content:write_own',
  'schema:read',
  'schema:manage',
  // API keys that the caller made itself; keys:manage is for those of everybody.
  'keys:manage_own',
  'keys:manage',
  'project:read',
  'project:manage',
  'project:delete',
  'members:read',
  'members:manage',
  'audit:read',
] as const;
export type ProjectPermission = (typeof projectPermissions)[number];

/** What only the root key and the instance's administrators may do: no role of a project gives it. */
export const instancePermissions = ['users:manage'] as const;

export const permissions = [...projectPermissions, ...instancePermissions] as const;
export type Permission = (typeof permissions)[number];

/** What an account is in a project or a team, the mightiest first. */
export const projectRoles = ['owner', 'admin', 'editor', 'author', 'viewer'] as const;
export type ProjectRole = (typeof projectRoles)[number];

const reading = [
  'content:read',
  'schema:read',
  'project:read',
  'members:read',
  'keys:manage_own',
] as const;

/** What each role may do in its project. */
export const rolePermissions: Readonly<Record<ProjectRole, readonly ProjectPermission[]>> = {
  owner: projectPermissions,
  admin: projectPermissions.filter((permission) => permission !== 'project:delete'),
  editor: [...reading, 'content:write', 'content:write_own'],
  author: [...reading, 'content:write_own'],
  viewer: reading,
};

/** Actions that a collection's row rules open or close. */
export const ruleActions = ['list', 'view', 'create', 'update', 'delete'] as const;
export type RuleAction = (typeof ruleActions)[number];
