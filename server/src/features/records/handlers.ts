import type { recordsContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { listHead } from '../../content/entries/list-head.ts';
import { envelope } from '../../content/entries/page.ts';
import { readEntry } from '../../content/entries/read.ts';
import { listText, objectText, RawJson } from '../../platform/json/raw-json.ts';
import {
  createEntries,
  deleteEntries,
  listEntries,
  updateEntries,
  writeOne,
} from '../entries/index.ts';
import { exportEntries, importEntries } from '../transfers/index.ts';
import { recordText, toRecord } from './record.mapper.ts';
import { writeRecords } from './write-records.ts';

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
  create: async (ctx, input) => toRecord(ctx, await writeOne(ctx, input, createEntries)),
  update: async (ctx, input) => toRecord(ctx, await writeOne(ctx, input, updateEntries)),
  delete: async (ctx, input) => void (await writeOne(ctx, input, deleteEntries)),
  bulkUpdate: (ctx, { record_ids, mode, data, status }) =>
    writeRecords(ctx, record_ids, mode, (tx, ids) =>
      updateEntries(
        tx,
        ids.map((id) => ({ id, data, status })),
      ),
    ),
  bulkDelete: (ctx, { record_ids, mode }) =>
    writeRecords(ctx, record_ids, mode, (tx, ids) =>
      deleteEntries(
        tx,
        ids.map((id) => ({ id })),
      ),
    ),
  exportCsv: (ctx, { filter }) => exportEntries(ctx, { filter }),
  importCsv: (ctx, input) => importEntries(ctx, { ...input, format: 'csv' }),
} satisfies HandlersOf<typeof recordsContracts>;
