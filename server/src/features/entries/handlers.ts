import type {
  aggregateContracts,
  bulkContracts,
  entriesContracts,
  whereContracts,
} from '@cms/contracts';
import { aggregateEntries } from '../../content/aggregates/aggregate-entries.ts';
import { listHead } from '../../content/entries/list-head.ts';
import { envelope } from '../../content/entries/page.ts';
import { compilePlan } from '../../content/includes/compile-plan.ts';
import { showEntries } from '../../content/includes/show-entries.ts';
import { listText, objectText, RawJson } from '../../platform/json/raw-json.ts';
import type { HandlersOf } from '../../content/handlers.ts';
import { aggregateByBody } from './aggregate-by-body.ts';
import { readCreation, readUpdate } from './bulk-items.ts';
import { createEntries } from './create-entries.ts';
import { deleteBulk } from './delete-bulk.ts';
import { deleteEntries } from './delete-entries.ts';
import { deleteWhere } from './delete-where.ts';
import { canonical, toEntry } from './entry.mapper.ts';
import { getEntry } from './get-entry.ts';
import { listEntries } from './list-entries.ts';
import { itemPlace } from './places.ts';
import { updateEntries } from './update-entries.ts';
import { updateWhere } from './update-where.ts';
import { writeBulk } from './write-bulk.ts';
import { writeOne } from './write-items.ts';

/** Items per page where the request does not say. */
export const DEFAULT_PAGE_SIZE = 30;

export const entriesHandlers = {
  list: async (ctx, input) => {
    const plan = await compilePlan(ctx, input);
    const listed = await listEntries(ctx, { ...input, plan, defaultSize: DEFAULT_PAGE_SIZE });
    const { page, list, cursors } = listed;
    const { texts, tag } = await showEntries(ctx, canonical, list.rows, plan, list.beside);
    return new RawJson(
      objectText(envelope(page, list.total, cursors), 'items', listText(texts)),
      listHead(ctx, { ...listed, echo: tag }, list),
    );
  },
  get: async (ctx, input) => {
    const { text, head } = await getEntry(ctx, input, canonical);
    return new RawJson(text, head);
  },
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
  updateWhere,
  deleteWhere,
  aggregate: aggregateEntries,
  aggregateByBody,
} satisfies HandlersOf<
  typeof entriesContracts & typeof bulkContracts & typeof whereContracts & typeof aggregateContracts
>;
