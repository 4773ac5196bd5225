import type { modelsContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { listHead } from '../../content/entries/list-head.ts';
import { compilePlan, includedPaths } from '../../content/includes/compile-plan.ts';
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
import { modelStyle, toModelEntry } from './model-entry.mapper.ts';

/** Document S3's default. */
const DEFAULT_PAGE_SIZE = 25;

export const modelsHandlers = {
  list: async (ctx, input) => {
    const plan = await compilePlan(ctx, input);
    const listed = await listEntries(ctx, {
      page: input.page,
      per_page: input.pageSize,
      sort: input.sort,
      filter: input.filter,
      search: input.search,
      breadth: 'all',
      consistency: input.consistency,
      plan,
      defaultSize: DEFAULT_PAGE_SIZE,
    });
    const { page, list } = listed;
    const { texts, tag } = await showEntries(ctx, modelStyle, list.rows, plan, list.beside);
    const meta = {
      tenantId: ctx.project.id,
      modelKey: ctx.collection.name,
      page: page.page,
      pageSize: page.limit,
      total: list.total,
      totalPages: Math.ceil((list.total ?? 0) / page.limit),
      sort: input.sort?.split(',') ?? [],
      filters: input.filter ?? {},
      search: input.search ?? null,
      fields: plan?.shown?.map(({ name }) => name) ?? null,
      include: includedPaths(plan),
    };
    return new RawJson(
      objectText({ meta }, 'data', listText(texts)),
      listHead(ctx, { ...listed, echo: [meta.sort, meta.filters, meta.search, tag] }, list),
    );
  },
  get: async (ctx, input) => {
    const { text, head } = await getEntry(ctx, input, modelStyle);
    return new RawJson(objectText({}, 'data', text), head);
  },
  create: async (ctx, { data }) => toModelEntry(ctx, await writeOne(ctx, { data }, createEntries)),
  update: async (ctx, input) => toModelEntry(ctx, await writeOne(ctx, input, updateEntries)),
  delete: async (ctx, input) => {
    await writeOne(ctx, input, deleteEntries);
    return { data: { id: input.id, deleted: true } };
  },
} satisfies HandlersOf<typeof modelsContracts>;
