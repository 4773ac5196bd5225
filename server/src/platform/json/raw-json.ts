/** Where a page is in its list; it becomes the reply's links. */
export interface PageHead {
  /** Rows before the page. */
  readonly offset: number;
  readonly limit: number;
  /** Whether rows follow. */
  readonly more: boolean;
  /** All rows; null when not counted. */
  readonly total: number | null;
  /** Where a cursor was given: those of the neighbours, which then are the links. */
  readonly cursors?: { readonly next: string | null; readonly prev: string | null } | undefined;
}

/** What a reply's headers are made of. */
export interface ReplyHead {
  readonly id?: string;
  readonly etag?: string;
  readonly page?: PageHead;
}

/**
 * JSON that was never parsed: a reply goes from the database to the wire as text. It stands for a
 * value of type T wherever one is serialised or checked.
 */
export class RawJson<T> {
  readonly text: string;
  /** What the reply's headers need to know without parsing it. */
  readonly head: ReplyHead;
  /** Keeps T in the type: a RawJson<A> is not a RawJson<B>. */
  declare readonly type?: T;

  constructor(text: string, head: ReplyHead = {}) {
    this.text = text;
    this.head = head;
  }

  toJSON(): T {
    return JSON.parse(this.text) as T;
  }
}

/** The text of an object: `head` and one more key whose value is JSON text already. */
export function objectText(head: object, key: string, text: string): string {
  const start = JSON.stringify(head);
  const comma = start === '{}' ? '' : ',';
  return `${start.slice(0, -1)}${comma}${JSON.stringify(key)}:${text}}`;
}

/** The text of a list of JSON texts. */
export const listText = (items: readonly string[]): string => `[${items.join(',')}]`;
