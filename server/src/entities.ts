import { ApiKeyEntity } from './features/api-keys/api-key.entity.ts';
import { CollectionEntity } from './features/collections/collection.entity.ts';
import { ProjectEntity } from './features/projects/project.entity.ts';
import type { Entities } from './platform/db/database.ts';

/** Every table that the ORM maps. */
export const entities: Entities = [
  ProjectEntity,
  CollectionEntity,
  ApiKeyEntity,
] as unknown as Entities;
