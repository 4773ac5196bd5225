import type { recordsContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { listHead } from '../../content/entries/list-head.ts';
import { envelope } from '../../content/entries/page.ts';
import { compilePlan } from '../../content/includes/compile-plan.ts';
import { showEntries } from '../../content/includes/show-entries.ts';
import { listText, objectText, RawJson } from '../../platform/json/raw-json.ts';
import {
  createEntries,
  deleteEntries,
  getEntry,
  listEntries,
  updateEntries,
  writeOne,
} from '../entries/index.ts';
import { exportEntries, importEntries } from '../transfers/index.ts';
import { recordStyle, toRecord } from './record.mapper.ts';
import { writeRecords } from './write-records.ts';

/** Document S4's default. */
const DEFAULT_PAGE_SIZE = 30;

export const recordsHandlers = {
  list: async (ctx, { skipTotal, ...input }) => {
    const plan = await compilePlan(ctx, input);
    const listed = await listEntries(ctx, {
      ...input,
      ...(skipTotal ? { count: 'none' } : {}),
      plan,
      defaultSize: DEFAULT_PAGE_SIZE,
    });
    const { page, list, cursors } = listed;
    const { texts, tag } = await showEntries(ctx, recordStyle, list.rows, plan, list.beside);
    return new RawJson(
      objectText(envelope(page, list.total, cursors), 'items', listText(texts)),
      listHead(ctx, { ...listed, echo: tag }, list),
    );
  },
  get: async (ctx, input) => {
    const { text, head } = await getEntry(ctx, input, recordStyle);
    return new RawJson(text, head);
  },
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
