import { hash } from 'node:crypto';
import type { Project } from '@cms/contracts';
import { isoTime } from '../../content/entries/row.ts';
import { RawJson } from '../../platform/json/raw-json.ts';
import type { ProjectRecord } from './project.repository.ts';

/** Nothing deploys projects yet, so none has a deployment. */
const deploymentsOf = (): Project['deployments'] => ({ total: 0, latest: null });

/** A project as document S2 shows it: without a team there is no `team`. */
export const toProject = (record: ProjectRecord): Project => ({
  id: record.id,
  name: record.name,
  description: record.description,
  status: record.status,
  visibility: record.visibility,
  template: record.template,
  default_locale: record.default_locale,
  is_default: record.is_default,
  revision: record.revision,
  created_at: isoTime(record.created_at),
  updated_at: isoTime(record.updated_at),
  ...(record.deleted_at === null ? {} : { deleted_at: isoTime(record.deleted_at) }),
  ...(record.team_id === null
    ? {}
    : { team: { id: record.team_id, name: record.team_name ?? '' } }),
  deployments: deploymentsOf(),
});

/** One project in its envelope. Its ETag begins with the revision; the team's name is not the project's. */
export function projectReply(record: ProjectRecord): RawJson<{ data: Project }> {
  const text = JSON.stringify({ data: toProject(record) });
  const etag = `${record.revision}.${hash('sha1', text, 'base64url').slice(0, 8)}`;
  return new RawJson(text, { id: record.id, etag });
}
