import { type ProjectPermission, projectPermissions } from '@cms/contracts';
import { AppError, invalid } from '../../platform/errors/app-error.ts';
import { memberRoles } from './role.entity.ts';

/** Throws VALIDATION_ERROR for a name that means something else already. */
export function assertFreeName(name: string): void {
  const taken = (memberRoles as readonly string[]).includes(name.toLowerCase());
  if (!taken) return;
  const message = `"${name}" is a built-in role; choose another name.`;
  throw invalid([{ field: 'name', message, code: 'reserved' }]);
}

/** The refusal of a name that another role of the scope has; any other error as it is. */
export function roleNameTaken(error: unknown): unknown {
  if ((error as { constraint?: string }).constraint !== 'roles_name') return error;
  const message = 'There is a role with this name already; case does not matter.';
  return new AppError('CONFLICT', message, {
    details: [{ field: 'name', message, code: 'unique' }],
  });
}

/** The permissions once each and in their order, with that of knowing where one is. */
export const orderedPermissions = (wanted: readonly ProjectPermission[]): ProjectPermission[] =>
  projectPermissions.filter((each) => each === 'project:read' || wanted.includes(each));
