import { askFor, type Json, type Reply, rootKey, type TestServer } from './harness.ts';

/** What stands for what a document leaves open. */
export interface Filled {
  /** By the names that it has in braces, angle brackets or capitals: `{collection_id}`, `USER_TOKEN`, `id1`. */
  readonly names?: Readonly<Record<string, string>>;
  /** For each `[...]` in a body, in their order. */
  readonly lists?: readonly unknown[];
  /** The contents of `@file` in a form. */
  readonly file?: string;
}

const header = /^(Authorization|Content-Type|x-api-key): (.+)$/i;

/**
 * Sends a request as a document prints it: the method and the URL, which may go on over several lines,
 * then perhaps headers, then perhaps a body. Asks with the root key where it prints no credentials.
 */
export async function replay(
  { url }: Pick<TestServer, 'url'>,
  printed: string,
  { names = {}, lists = [], file = '' }: Filled = {},
): Promise<Reply> {
  const lines = printed.split('\n').map((line) => line.trim());
  const bodyAt = lines.findIndex((line, at) => at > 0 && /^(\{|file=@)/.test(line));
  const head = lines.slice(0, bodyAt < 0 ? lines.length : bodyAt).map((line) => named(line, names));
  const headers = Object.fromEntries(
    head.flatMap((line) => {
      const [, name, value] = header.exec(line) ?? [];
      return name && value ? [[name.toLowerCase(), value]] : [];
    }),
  );
  const [method = '', path = ''] = head
    .filter((line) => !header.test(line))
    .join('')
    .split(' ');
  const own = 'authorization' in headers || 'x-api-key' in headers;
  const key = own ? null : rootKey;
  const text = bodyAt < 0 ? undefined : lines.slice(bodyAt).join('\n');
  if (text?.startsWith('file=@')) return upload(url + path, headers, text.slice(6), file);
  const body = text === undefined ? undefined : named(elided(text, lists), names);
  return askFor(url, method, path, { key, headers, ...(body === undefined ? {} : { body }) });
}

const named = (text: string, names: Readonly<Record<string, string>>): string =>
  Object.entries(names).reduce((all, [name, value]) => all.replaceAll(name, value), text);

function elided(text: string, lists: readonly unknown[]): string {
  const rest = [...lists];
  return text.replaceAll('[...]', () => JSON.stringify(rest.shift()));
}

async function upload(
  url: string,
  { authorization = '' }: Record<string, string>,
  name: string,
  contents: string,
): Promise<Reply> {
  const body = new FormData();
  body.set('file', new Blob([contents], { type: 'text/csv' }), name);
  const response = await fetch(url, { method: 'POST', headers: { authorization }, body });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: JSON.parse(text) as Json,
  };
}
