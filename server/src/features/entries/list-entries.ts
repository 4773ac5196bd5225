import type { Filter } from '@cms/contracts';
import type { CollectionCtx } from '../../content/context.ts';
import type { CountMode } from '../../content/entries/count.ts';
import {
  type Cursors,
  cursorsOf,
  type CursorScope,
  readCursor,
} from '../../content/entries/cursor.ts';
import { compileOrder, newestFirst } from '../../content/entries/order.ts';
import { countMode, type Page, type PageInput, pageOfInput } from '../../content/entries/page.ts';
import { type EntryList, readEntries } from '../../content/entries/read.ts';
import { compileFilter, readerScope } from '../../content/filters/compile-filter.ts';

export interface ListInput extends PageInput {
  readonly sort?: string | undefined;
  readonly filter?: Filter | undefined;
  readonly count?: CountMode | undefined;
  readonly defaultSize: number;
}

export interface ListedEntries {
  readonly page: Page;
  readonly list: EntryList;
  readonly cursors: Cursors;
}

/**
 * A page of entries as the caller may see them. Throws INVALID_INPUT for mixed paging, a bad filter or
 * sort, or a cursor of another list.
 */
export async function listEntries(ctx: CollectionCtx, input: ListInput): Promise<ListedEntries> {
  const page = pageOfInput(input, input.defaultSize);
  const { sort, filter, cursor } = input;
  // Who asks for neither has nothing to look up.
  const scope = sort === undefined && filter === undefined ? undefined : await readerScope(ctx);
  const order =
    scope && sort !== undefined ? compileOrder(scope, sort) : newestFirst(ctx.collection);
  const signing: CursorScope = {
    secret: ctx.cursorSecret,
    projectId: ctx.project.id,
    collectionId: ctx.collection.id,
    order,
    filter,
  };
  const position = cursor === undefined ? undefined : readCursor(signing, cursor);
  const list = await readEntries(ctx, {
    filter: scope && filter !== undefined ? compileFilter(ctx, scope, filter) : undefined,
    order,
    limit: page.limit,
    offset: page.offset,
    position,
    count: countMode(input.count, input),
  });
  const cursors = cursorsOf(signing, list, { position, offset: page.offset });
  return { page, list, cursors };
}
