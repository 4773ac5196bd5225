import { hash } from 'node:crypto';
import type { ReplyHead } from '../../platform/json/raw-json.ts';
import type { CollectionCtx } from '../context.ts';
import type { Cursors } from './cursor.ts';
import type { Page } from './page.ts';
import type { EntryList } from './read.ts';

/** What decides a list's text beside its rows. */
export interface ListShape {
  readonly page: Page;
  readonly cursors: Cursors;
  /** What the reply says again of the question. */
  readonly echo?: unknown;
}

/**
 * What the headers of a list are made of. Its ETag is a hash of what decides the text (the collection's
 * revision, what the caller may see, which versions of which entries), not of the text, which is
 * thirty times as long. Whatever else comes to shape a list's text must join it.
 */
export function listHead(ctx: CollectionCtx, shape: ListShape, list: EntryList): ReplyHead {
  const { page, cursors, echo } = shape;
  const { limit, offset } = page;
  const { total, more } = list;
  const parts = [ctx.collection.revision, ctx.view.name, total, more, offset, limit, page.page];
  const rows = list.rows.map((row) => `${row.entry_id}${row.version}`);
  const said = echo === undefined ? '' : JSON.stringify(echo);
  return {
    etag: hash(
      'sha1',
      `${parts.join()} ${rows.join()} ${cursors.next} ${cursors.prev} ${said}`,
      'base64url',
    ),
    page: { offset, limit, more, total, ...(page.page === null ? { cursors } : {}) },
  };
}
