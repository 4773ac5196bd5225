import { hash } from 'node:crypto';
import { RawJson } from '../platform/json/raw-json.ts';
import type { Ctx } from './context.ts';
import { type Page, pageHead } from './entries/page.ts';
import { versionOf } from './platform-reply.ts';

interface Resource {
  readonly id: string;
}

/** One resource in the envelope of document S1: its id makes the Location, what it says the ETag, and not when. */
export function contentOne<R extends Resource>({ clock }: Pick<Ctx, 'clock'>, data: R) {
  const meta = { timestamp: clock.now().toISOString() };
  return new RawJson<{ data: R; meta: typeof meta }>(JSON.stringify({ data, meta }), {
    id: data.id,
    etag: String(versionOf(data)),
  });
}

/** A page of resources in the envelope of document S1. */
export function contentList<R extends Resource>(
  { clock }: Pick<Ctx, 'clock'>,
  data: readonly R[],
  page: Page,
  total: number,
) {
  const counted = {
    total,
    page: Math.floor(page.offset / page.limit) + 1,
    per_page: page.limit,
    total_pages: Math.ceil(total / page.limit),
  };
  const meta = { timestamp: clock.now().toISOString(), ...counted };
  const more = page.offset + data.length < total;
  return new RawJson<{ data: R[]; meta: typeof meta }>(JSON.stringify({ data, meta }), {
    ...pageHead(page, { total, more }),
    etag: hash('sha1', JSON.stringify([data, counted]), 'base64url'),
  });
}
