export { startEmbeddedPostgres } from './start-embedded-postgres.ts';
export type {
  EmbeddedPostgres,
  EmbeddedPostgresLog,
  EmbeddedPostgresOptions,
} from './start-embedded-postgres.ts';
