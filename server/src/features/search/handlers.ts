import type { entriesSearchContracts, searchContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { searchEntries } from './search-entries.ts';
import { searchProject } from './search-project.ts';

export const entriesSearchHandlers = {
  search: searchEntries,
  searchBy: searchEntries,
} satisfies HandlersOf<typeof entriesSearchContracts>;

export const searchHandlers = {
  all: searchProject,
} satisfies HandlersOf<typeof searchContracts>;
