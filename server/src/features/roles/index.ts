export { memberRoles, RoleEntity, type RoleRow } from './role.entity.ts';
