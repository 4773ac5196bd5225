export { memberRoles, RoleEntity, type RoleRow } from './role.entity.ts';
export { rolesHandlers } from './handlers.ts';
