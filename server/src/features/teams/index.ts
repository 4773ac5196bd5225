export { teamsHandlers } from './handlers.ts';
export { InvitationEntity } from './invitation.entity.ts';
export { TeamEntity, TeamMemberEntity } from './team.entity.ts';
