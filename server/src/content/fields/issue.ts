/** One thing that is wrong, where it is (`blocks.2.heading`), in words and as a stable code. */
export interface Issue {
  readonly field: string;
  readonly message: string;
  readonly code: IssueCode;
}

export type IssueCode =
  | 'required'
  | 'type'
  | 'min'
  | 'max'
  | 'min_length'
  | 'max_length'
  | 'max_bytes'
  | 'pattern'
  | 'values'
  | 'unknown_field'
  | 'format'
  | 'min_items'
  | 'max_items'
  | 'duplicate'
  | 'readonly'
  | 'too_deep'
  | 'invalid_text'
  | 'schema'
  | 'option'
  | 'limit';

/** More than this many are not collected: a reply must stay readable. */
export const MAX_ISSUES = 1000;

/** What one validation finds, and the moment that "now" means in it. */
export class Findings {
  readonly issues: Issue[] = [];
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  now(): Date {
    return this.#now();
  }

  add(field: string, code: IssueCode, message: string): void {
    if (this.issues.length < MAX_ISSUES) this.issues.push({ field, message, code });
  }
}

/** Stands for a value that was refused; the findings say why. */
export const refused: unique symbol = Symbol('refused');

/** Checks one value that is not null; gives it in its stored form, or `refused`. */
export type Check = (value: unknown, path: string, found: Findings) => unknown;
