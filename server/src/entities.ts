import { AccountEntity } from './features/accounts/account.entity.ts';
import { AttemptEntity } from './features/accounts/attempt.entity.ts';
import { OneTimeTokenEntity } from './features/accounts/one-time-token.entity.ts';
import { ProjectMemberEntity } from './features/accounts/project-member.entity.ts';
import { RefreshTokenEntity, SessionEntity } from './features/accounts/session.entity.ts';
import { SigningKeyEntity } from './features/accounts/signing-key.entity.ts';
import { ApiKeyEntity } from './features/api-keys/api-key.entity.ts';
import { CollectionEntity } from './features/collections/collection.entity.ts';
import { ProjectEntity } from './features/projects/project.entity.ts';
import type { Entities } from './platform/db/database.ts';
import { InstanceSecretEntity } from './platform/db/instance-secret.entity.ts';

/** Every table that the ORM maps. */
export const entities: Entities = [
  ProjectEntity,
  CollectionEntity,
  ApiKeyEntity,
  AccountEntity,
  ProjectMemberEntity,
  SessionEntity,
  RefreshTokenEntity,
  OneTimeTokenEntity,
  SigningKeyEntity,
  AttemptEntity,
  InstanceSecretEntity,
] as unknown as Entities;
