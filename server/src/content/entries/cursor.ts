import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Order } from './order.ts';
import type { EntryList, ListRow, Selection } from './read.ts';
import { keyColumns } from './scan.ts';

export type CursorPosition = NonNullable<Selection['position']>;

/** What cursors are signed for: another collection, filter or sort has none of them. */
export interface CursorScope {
  /** The secret that all servers of a database share: as a text it would be made a key for every cursor. */
  readonly secret: KeyObject;
  readonly projectId: string;
  readonly collectionId: string;
  readonly order: Order;
  readonly filter: unknown;
  readonly search?: string | undefined;
}

export interface Cursors {
  readonly next: string | null;
  readonly prev: string | null;
}

/** Characters of base64url: 132 bits. */
const MAC_LENGTH = 22;

/** Backwards, inclusive, values: short, since it travels in URLs. */
const Payload = z.tuple([
  z.union([z.literal(0), z.literal(1)]),
  z.union([z.literal(0), z.literal(1)]),
  z.array(z.string().nullable()),
]);

/** Reads a cursor. Throws INVALID_INPUT for one that was changed, or made for another list. */
export function readCursor(scope: CursorScope, cursor: string): CursorPosition {
  const body = cursor.slice(0, Math.max(0, cursor.indexOf('.')));
  // Texts are compared, not bytes: base64 has many spellings of the same, and a cursor is one text.
  const given = Buffer.from(cursor);
  const wanted = Buffer.from(`${body}.${signed(scope, body)}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw badCursor();
  const [backwards, inclusive, values] = Payload.parse(
    JSON.parse(Buffer.from(body, 'base64url').toString()),
  );
  return { backwards: backwards === 1, inclusive: inclusive === 1, values };
}

const badCursor = () => {
  const message =
    'This cursor belongs to no list with this filter and sort; start again without a cursor.';
  return new AppError('INVALID_INPUT', message, {
    details: [{ field: 'cursor', message, code: 'cursor' }],
  });
};

function writeCursor(scope: CursorScope, position: CursorPosition): string {
  const { backwards, inclusive, values } = position;
  const payload: z.infer<typeof Payload> = [backwards ? 1 : 0, inclusive ? 1 : 0, [...values]];
  const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
  return `${body}.${signed(scope, body)}`;
}

/** A key's value as PostgreSQL reads it again. */
const textOf = (value: string | number | boolean | null | undefined): string | null =>
  value === null || value === undefined ? null : String(value);

function signed(scope: CursorScope, body: string): string {
  const mac = createHmac('sha256', scope.secret).update(`${meaningOf(scope)}.${body}`);
  return mac.digest('base64url').slice(0, MAC_LENGTH);
}

/** Of each list, which reads one cursor and writes two. */
const meanings = new WeakMap<CursorScope, string>();

/** What a cursor is signed for. */
function meaningOf(scope: CursorScope): string {
  const known = meanings.get(scope);
  if (known !== undefined) return known;
  const { projectId, collectionId, order, filter, search } = scope;
  const sorted = order.keys.map(({ meaning, descending, nulls }) => [meaning, descending, nulls]);
  const asked = [inOrder(filter ?? null), search ?? null];
  const text = JSON.stringify([projectId, collectionId, sorted, asked]);
  meanings.set(scope, text);
  return text;
}

/** JSON with sorted keys: the order of parameters in a URL means nothing. */
const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, each]) => [key, inOrder(each)]);
};

/** The cursors to the neighbours of a page; null where there is no neighbour. */
export function cursorsOf(
  scope: CursorScope,
  list: EntryList,
  { position, offset }: Pick<Selection, 'position' | 'offset'>,
): Cursors {
  const { rows, more } = list;
  const backwards = position?.backwards ?? false;
  const at = (row: ListRow | undefined, back: boolean): string | null => {
    if (row)
      return writeCursor(scope, {
        backwards: back,
        inclusive: false,
        values: [...keyColumns(scope.order).map((name) => textOf(row[name])), row.entry_id],
      });
    // Everything here went meanwhile: the way back begins with the very place that was asked for.
    if (!position || back === backwards) return null;
    return writeCursor(scope, { ...position, backwards: back, inclusive: !position.inclusive });
  };
  const came = position !== undefined;
  return {
    next: (backwards ? came : more) ? at(rows.at(-1), false) : null,
    prev: (backwards ? more : came || offset > 0) ? at(rows[0], true) : null,
  };
}
