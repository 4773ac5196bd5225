export {
  invitationsHandlers,
  invitationsOfHandlers,
  membersHandlers,
  registeringInvitation,
} from './handlers.ts';
export { assertOwnsNothingAlone, dropAllInvitationsBy } from './leave-everything.ts';
export { memberJobs } from './mail-jobs.ts';
export { lockScope, recordIn, type Scope } from './scope.ts';
export { assertPermissionsWithin, managerIn } from './standing.ts';
