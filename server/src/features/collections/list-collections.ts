import type { contracts } from '@cms/contracts';
import type { Ctx } from '../../content/context.ts';
import { envelope, pageHead, pageOfInput } from '../../content/entries/page.ts';
import type { HandlerOf } from '../../content/handlers.ts';
import type { Collection } from '../../content/schema/collection.ts';
import { RawJson } from '../../platform/json/raw-json.ts';
import { collectionReply } from './collection.mapper.ts';

const DEFAULT_PAGE_SIZE = 30;

/** Draft collections are seen by those alone who manage the schema. */
export const isVisible = ({ principal }: Ctx, { status }: Collection): boolean =>
  status !== 'draft' || principal.permissions.has('schema:manage');

/** A page of the project's collections by name. They are in memory: no statement is run. */
export const listCollections: HandlerOf<typeof contracts.collections.list> = async (ctx, input) => {
  const page = pageOfInput(input, DEFAULT_PAGE_SIZE);
  const schema = await ctx.schemas.project(ctx.project.id);
  const wanted = schema.collections.filter(
    (each) =>
      isVisible(ctx, each) &&
      (input.type === undefined || each.type === input.type) &&
      (input.status === undefined || each.status === input.status),
  );
  const end = page.offset + page.limit;
  const items = wanted.slice(page.offset, end).map((each) => collectionReply(each, schema));
  const total = wanted.length;
  return new RawJson(
    JSON.stringify({ items, ...envelope(page, total) }),
    pageHead(page, { total, more: end < total }),
  );
};
