/** What a caller may be allowed to do in a project; published as `x-permission` of an operation. */
export const permissions = [
  'content:read',
  'content:write',
  'schema:read',
  'schema:manage',
] as const;
export type Permission = (typeof permissions)[number];

/** Actions that a collection's row rules open or close. */
export const ruleActions = ['list', 'view', 'create', 'update', 'delete'] as const;
export type RuleAction = (typeof ruleActions)[number];
