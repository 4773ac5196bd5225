import type { bulkContracts, entriesContracts } from '@cms/contracts';
import { listHead } from '../../content/entries/list-head.ts';
import { envelope } from '../../content/entries/page.ts';
import { readEntry } from '../../content/entries/read.ts';
import { listText, objectText, RawJson } from '../../platform/json/raw-json.ts';
import type { HandlersOf } from '../../content/handlers.ts';
import { readCreation, readUpdate } from './bulk-items.ts';
import { createEntries } from './create-entries.ts';
import { deleteBulk } from './delete-bulk.ts';
import { deleteEntries } from './delete-entries.ts';
import { entryText, toEntry } from './entry.mapper.ts';
import { listEntries } from './list-entries.ts';
import { itemPlace } from './places.ts';
import { updateEntries } from './update-entries.ts';
import { writeBulk } from './write-bulk.ts';
import { writeOne } from './write-items.ts';

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
  create: async (ctx, input) => toEntry(ctx, await writeOne(ctx, input, createEntries)),
  update: async (ctx, input) => toEntry(ctx, await writeOne(ctx, input, updateEntries)),
  delete: async (ctx, input) => void (await writeOne(ctx, input, deleteEntries)),
  createMany: (ctx, { entries, mode }) =>
    writeBulk(ctx, entries.map(readCreation), createEntries, {
      mode,
      status: 201,
      placeOf: itemPlace('entries'),
    }),
  updateMany: (ctx, { entries, mode }) =>
    writeBulk(
      ctx,
      entries.map((entry) => readUpdate(ctx, entry)),
      updateEntries,
      { mode, status: 200, placeOf: itemPlace('entries') },
    ),
  deleteMany: deleteBulk,
} satisfies HandlersOf<typeof entriesContracts & typeof bulkContracts>;
