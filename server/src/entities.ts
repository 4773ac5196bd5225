import { AccountEntity } from './features/accounts/account.entity.ts';
import { AttemptEntity } from './features/accounts/attempt.entity.ts';
import { OneTimeTokenEntity } from './features/accounts/one-time-token.entity.ts';
import { RefreshTokenEntity, SessionEntity } from './features/accounts/session.entity.ts';
import { SigningKeyEntity } from './features/accounts/signing-key.entity.ts';
import { ApiKeyEntity } from './features/api-keys/api-key.entity.ts';
import {
  KeyUsageDayEntity,
  KeyUseEntity,
  KeyWindowEntity,
} from './features/api-keys/key-usage.entity.ts';
import { CollectionEntity } from './features/collections/collection.entity.ts';
import { ProjectMemberEntity } from './features/projects/project-member.entity.ts';
import { ProjectEntity } from './features/projects/project.entity.ts';
import { RoleEntity } from './features/roles/role.entity.ts';
import { InvitationEntity } from './features/teams/invitation.entity.ts';
import { TeamEntity, TeamMemberEntity } from './features/teams/team.entity.ts';
import type { Entities } from './platform/db/database.ts';
import { InstanceSecretEntity } from './platform/db/instance-secret.entity.ts';

/** Every table that the ORM maps. */
export const entities: Entities = [
  ProjectEntity,
  CollectionEntity,
  ApiKeyEntity,
  AccountEntity,
  RoleEntity,
  TeamEntity,
  TeamMemberEntity,
  InvitationEntity,
  ProjectMemberEntity,
  KeyUsageDayEntity,
  KeyWindowEntity,
  KeyUseEntity,
  SessionEntity,
  RefreshTokenEntity,
  OneTimeTokenEntity,
  SigningKeyEntity,
  AttemptEntity,
  InstanceSecretEntity,
] as unknown as Entities;
