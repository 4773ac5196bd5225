import type { entriesContracts, Entry } from '@cms/contracts';
import { listHead } from '../../content/entries/list-head.ts';
import { envelope } from '../../content/entries/page.ts';
import { readEntry } from '../../content/entries/read.ts';
import { listText, objectText, RawJson } from '../../platform/json/raw-json.ts';
import type { HandlersOf } from '../../content/handlers.ts';
import { bulkCreations } from './bulk-creations.ts';
import { createEntries } from './create-entries.ts';
import { deleteEntry } from './delete-entry.ts';
import { entryText, toEntry } from './entry.mapper.ts';
import { listEntries } from './list-entries.ts';
import { updateEntry } from './update-entry.ts';

/** Items per page where the request does not say. */
export const DEFAULT_PAGE_SIZE = 30;

export const entriesHandlers = {
  list: async (ctx, input) => {
    const listed = await listEntries(ctx, { ...input, defaultSize: DEFAULT_PAGE_SIZE });
    const { page, list, cursors } = listed;
    const items = listText(list.rows.map((row) => entryText(ctx, row)));
    return new RawJson(
      objectText(envelope(page, list.total, cursors), 'items', items),
      listHead(ctx, listed, list),
    );
  },
  get: async (ctx, { id }) => toEntry(ctx, await readEntry(ctx, id)),
  create: async (ctx, input) => {
    const [row] = await createEntries(ctx, [{ ...input, prefix: '' }]);
    return toEntry(ctx, row as NonNullable<typeof row>);
  },
  update: async (ctx, input) => toEntry(ctx, await updateEntry(ctx, input)),
  delete: (ctx, input) => deleteEntry(ctx, input),
  createMany: async (ctx, { entries }) => {
    const rows = await createEntries(ctx, bulkCreations(entries));
    return new RawJson<{ items: Entry[] }>(
      objectText({}, 'items', listText(rows.map((row) => entryText(ctx, row)))),
    );
  },
} satisfies HandlersOf<typeof entriesContracts>;
