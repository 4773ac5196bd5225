import { rootKey, type TestServer } from './harness.ts';

/** Values of a choice that a spreadsheet, or a reader of CSV, could take for something else. */
export const choices = ['a', '=b', "'=c", '-d', '@e', '+f', "'", 'null', 'g,"h"', '1'] as const;

/** A field of every type that holds no others, and of lists of them. */
const leaves = [
  { name: 'title', type: 'text' },
  { name: 'body', type: 'editor' },
  { name: 'mail', type: 'email' },
  { name: 'link', type: 'url' },
  { name: 'slug', type: 'slug' },
  { name: 'price', type: 'number' },
  { name: 'stock', type: 'integer' },
  { name: 'open', type: 'bool' },
  { name: 'day', type: 'date' },
  { name: 'moment', type: 'datetime' },
  { name: 'kind', type: 'select', options: { values: choices } },
  { name: 'kinds', type: 'select', options: { values: choices, multiple: true } },
  { name: 'extra', type: 'json' },
  { name: 'author', type: 'relation', options: { collection: 'authors' } },
  { name: 'authors', type: 'relation', options: { collection: 'authors', multiple: true } },
  { name: 'place', type: 'geo_point' },
] as const;

/** Leaves, a component in a component, and blocks that hold blocks. */
const nested = [
  ...leaves,
  { name: 'part', type: 'component', options: { fields: leaves } },
  { name: 'parts', type: 'component', options: { fields: leaves, multiple: true } },
  {
    name: 'blocks',
    type: 'blocks',
    options: {
      blocks: {
        leaf: leaves,
        row: [
          {
            name: 'cells',
            type: 'blocks',
            options: { blocks: { cell: [{ name: 'title', type: 'text' }] } },
          },
        ],
      },
    },
  },
] as const;

/** A field of every type, alone and within every other that holds fields; and some called like columns of the system. */
export const everyField = [
  ...nested,
  { name: 'seo', type: 'component', options: { fields: nested } },
  ...['version', 'status', 'created_at', 'updated_by'].map(
    (name) => ({ name, type: 'text' }) as const,
  ),
] as const;

export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Report & { readonly code: string; readonly error: Refusal };
}
interface Report {
  readonly imported: number;
  readonly updated: number;
  readonly skipped: number;
  readonly total: number;
  readonly errors: readonly RowError[] | null;
}
interface RowError {
  readonly row: number;
  readonly field: string;
  readonly message: string;
  readonly code: string;
}
interface Refusal {
  readonly details: readonly Omit<RowError, 'row'>[];
}

/** Sends a file raw; `path` is behind `/api/v1/collections/`. */
export const sendFile = async (
  { url }: Pick<TestServer, 'url'>,
  path: string,
  file: BodyInit,
  options: { key?: string | null; headers?: Record<string, string> } = {},
): Promise<Sent> => {
  const key = options.key === undefined ? rootKey : options.key;
  const response = await fetch(`${url}/api/v1/collections/${path}`, {
    method: 'POST',
    headers: {
      ...(file instanceof FormData ? {} : { 'content-type': 'text/csv' }),
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...options.headers,
    },
    body: file,
    ...(file instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (text.startsWith('{') ? JSON.parse(text) : undefined) as Sent['body'],
  };
};

/** A form with a file as browsers and curl send it. */
export function formOf(text: string, fileName = 'records.csv'): FormData {
  const form = new FormData();
  form.set('file', new Blob([text], { type: 'text/csv' }), fileName);
  return form;
}
