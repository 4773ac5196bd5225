/** Characters of one line, or of one row where a cell holds line breaks. */
export const MAX_LINE = 4 * 1024 * 1024;

/** Rows that are written together, or fewer where they are long. */
export const BATCH_ROWS = 500;
export const BATCH_LENGTH = 1 * 1024 * 1024;
