/** What a spreadsheet takes for the start of a formula, its full-width forms included. */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const guarded = /^'+[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * A text that no spreadsheet runs as a formula: with an apostrophe before it. What begins like a
 * guarded text gets one too, so that taking one away gives every text back.
 */
export const guardText = (text: string): string =>
  formula.test(text) || guarded.test(text) ? `'${text}` : text;

/** The text without its guard. */
export const unguardText = (text: string): string => (guarded.test(text) ? text.slice(1) : text);
