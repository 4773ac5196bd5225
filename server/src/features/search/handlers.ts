import type { entriesSearchContracts, searchContracts, searchIndexContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import type { IndexedSearch } from './open-search.ts';
import { readStatus } from './read-status.ts';
import { rebuildIndex } from './rebuild-index.ts';
import { searchEntries } from './search-entries.ts';
import { searchProject } from './search-project.ts';

export const entriesSearchHandlers = {
  search: searchEntries,
  searchBy: searchEntries,
} satisfies HandlersOf<typeof entriesSearchContracts>;

export const searchHandlers = (indexed: IndexedSearch | undefined) =>
  ({
    all: searchProject,
    status: (ctx) => readStatus(ctx, indexed),
    rebuild: (ctx, input) => rebuildIndex(ctx, input, indexed),
  }) satisfies HandlersOf<typeof searchContracts & typeof searchIndexContracts>;
