import type { transferContracts } from '@cms/contracts';
import type { HandlersOf } from '../../content/handlers.ts';
import { exportEntries } from './export-entries.ts';
import { importEntries } from './import-entries.ts';

export const transferHandlers = {
  export: exportEntries,
  import: importEntries,
} satisfies HandlersOf<typeof transferContracts>;
