import type { contracts } from '@cms/contracts';
import type { z } from 'zod';
import type { Ctx } from '../../content/context.ts';
import { envelope, pageHead, pageOfInput } from '../../content/entries/page.ts';
import { prepared } from '../../platform/db/sql.ts';
import { notFound } from '../../platform/errors/app-error.ts';
import { RawJson } from '../../platform/json/raw-json.ts';
import { keyColumns, type KeyRow, toApiKey } from './api-key.mapper.ts';
import { visibleKeys, visibleTo } from './find-key.ts';
import { inNamedProject } from './in-named-project.ts';

const DEFAULT_PAGE_SIZE = 30;

const wanted = `${visibleKeys} and ($5::boolean is null
  or $5 = (k.revoked_at is null and (k.expires_at is null or k.expires_at > $6)))`;
const find = prepared(`select ${keyColumns} ${wanted} order by k.id desc limit $7 offset $8`);
const count = prepared(`select count(*)::int as total ${wanted}`);

/** A page of the keys that the caller may know, the newest first. Throws INVALID_INPUT for mixed paging. */
export async function listKeys(ctx: Ctx, input: z.output<typeof contracts.apiKeys.list.input>) {
  const page = pageOfInput(input, DEFAULT_PAGE_SIZE);
  const own = await inNamedProject(ctx, input.project_id, notFound);
  const now = own.clock.now();
  const values = [...visibleTo(own), input.active ?? null, now.toISOString()];
  const rows = await own.sql.rows<KeyRow>(find, [...values, page.limit, page.offset]);
  const [counted] = await own.sql.rows<{ total: number }>(count, values);
  const total = counted?.total ?? 0;
  const items = rows.map((row) => toApiKey(row, now));
  const reply = { items, ...envelope(page, total) };
  const more = page.offset + rows.length < total;
  return new RawJson<typeof reply>(JSON.stringify(reply), pageHead(page, { total, more }));
}
