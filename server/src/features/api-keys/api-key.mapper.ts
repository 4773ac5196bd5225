import { hash } from 'node:crypto';
import type { AccessLevel, ApiKey } from '@cms/contracts';
import { isoTime } from '../../content/entries/row.ts';
import { assertVersion, versionOf } from '../../content/platform-reply.ts';
import { RawJson } from '../../platform/json/raw-json.ts';
import type { KeyLimits } from './api-key.entity.ts';
import { makerColumns, type MakerRow } from './maker.ts';
import type { CollectionGrants } from './rights.ts';

/** A key of a project as it is stored, without its hashes, and what its maker may do. */
export interface KeyRow extends MakerRow {
  readonly id: string;
  readonly project_id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: string[];
  readonly collection_grants: CollectionGrants;
  readonly access_level: AccessLevel;
  readonly allowed_ips: string[];
  readonly limits: KeyLimits;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
  readonly previous_expires_at: string | null;
  readonly last_used_at: string | null;
  readonly last_used_ip: string | null;
  readonly created_by: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** The columns of a KeyRow, of the key `k` and the account `a`. */
export const keyColumns = `k.id, k.project_id, k.name, k.prefix, k.scopes, k.collection_grants, k.access_level, k.allowed_ips,
  k.limits, k.expires_at, k.revoked_at, k.previous_expires_at, k.last_used_at, k.last_used_ip, k.created_by,
  k.created_at, k.updated_at, ${makerColumns}`;

const timeOrNull = (text: string | null): string | null => text && isoTime(text);

/** True for a key that was neither revoked nor has expired. */
export const isActive = ({ revoked_at, expires_at }: KeyRow, now: Date): boolean =>
  revoked_at === null && (expires_at === null || Date.parse(expires_at) > now.getTime());

/** A key as its readers see it at a moment: no part of it but how it begins. */
export function toApiKey(row: KeyRow, now: Date): ApiKey {
  const overlap = row.previous_expires_at;
  const overlaps = overlap !== null && Date.parse(overlap) > now.getTime();
  return {
    id: row.id,
    name: row.name,
    key_prefix: row.prefix,
    project_id: row.project_id,
    scopes: row.scopes,
    access_level: row.access_level,
    active: isActive(row, now),
    expires_at: timeOrNull(row.expires_at),
    revoked_at: timeOrNull(row.revoked_at),
    allowed_ips: row.allowed_ips,
    limits: row.limits,
    previous_key_expires_at: overlaps ? isoTime(overlap) : null,
    last_used_at: timeOrNull(row.last_used_at),
    last_used_ip: row.last_used_ip,
    account_id: row.account_id,
    created_by: row.created_by,
    created: isoTime(row.created_at),
    updated: isoTime(row.updated_at),
  };
}

/** What counts as the version of a key: what is set of it, not that time goes by or that it is used. */
const settingsOf = (row: KeyRow): object => [
  row.name,
  row.prefix,
  row.scopes,
  row.allowed_ips,
  row.limits,
  row.expires_at,
  row.revoked_at,
];

/** Throws PRECONDITION_FAILED where a key is no longer what the caller read. */
export const assertKeyVersion = (expected: number | undefined, row: KeyRow): void =>
  assertVersion(expected, settingsOf(row));

/** A key as a reply, with its version as the ETag. */
export function keyReply(row: KeyRow, now: Date): RawJson<ApiKey> {
  const text = JSON.stringify(toApiKey(row, now));
  const etag = `${versionOf(settingsOf(row))}.${hash('sha1', text, 'base64url').slice(0, 8)}`;
  return new RawJson(text, { id: row.id, etag });
}
