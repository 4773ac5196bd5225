import type { recordsContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { listHead } from '../../content/entries/list-head.ts';
import { envelope } from '../../content/entries/page.ts';
import { readEntry } from '../../content/entries/read.ts';
import { listText, objectText, RawJson } from '../../platform/json/raw-json.ts';
import { createEntries, deleteEntry, listEntries, updateEntry } from '../entries/index.ts';
import { recordText, toRecord } from './record.mapper.ts';

/** Document S4's default. */
const DEFAULT_PAGE_SIZE = 30;

export const recordsHandlers = {
  list: async (ctx, { skipTotal, ...input }) => {
    const listed = await listEntries(ctx, {
      ...input,
      ...(skipTotal ? { count: 'none' } : {}),
      defaultSize: DEFAULT_PAGE_SIZE,
    });
    const { page, list, cursors } = listed;
    const items = listText(list.rows.map((row) => recordText(ctx, row)));
    return new RawJson(
      objectText(envelope(page, list.total, cursors), 'items', items),
      listHead(ctx, listed, list),
    );
  },
  get: async (ctx, { id }) => toRecord(ctx, await readEntry(ctx, id)),
  create: async (ctx, input) => {
    const [row] = await createEntries(ctx, [{ ...input, prefix: '' }]);
    return toRecord(ctx, row as NonNullable<typeof row>);
  },
  update: async (ctx, input) => toRecord(ctx, await updateEntry(ctx, input)),
  delete: (ctx, input) => deleteEntry(ctx, input),
} satisfies HandlersOf<typeof recordsContracts>;
