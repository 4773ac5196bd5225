import { hash } from 'node:crypto';
import type { ReplyHead } from '../../platform/json/raw-json.ts';
import type { CollectionCtx } from '../context.ts';
import type { Page } from './page.ts';
import type { EntryList } from './read.ts';

/**
 * What the headers of a list are made of. Its ETag is a hash of what decides the text (the collection's
 * revision, what the caller may see, which versions of which entries), not of the text, which is
 * thirty times as long. Whatever else comes to shape a list's text must join it.
 */
export function listHead(ctx: CollectionCtx, page: Page, list: EntryList): ReplyHead {
  const { limit, offset } = page;
  const { total, more } = list;
  const parts = [ctx.collection.revision, ctx.view.name, total, more, offset, limit];
  const rows = list.rows.map((row) => `${row.entry_id}${row.version}`);
  return {
    etag: hash('sha1', `${parts.join()} ${rows.join()}`, 'base64url'),
    page: { offset, limit, more, total },
  };
}
