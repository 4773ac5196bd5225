import { createClient, type ClientOptions, type CmsClient } from '../src/index.ts';

/** What one request carried. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Answer = Response | Error | ((request: Request) => Response | Promise<Response>);

/** A client whose requests get the given answers, one after the other; the last one again and again. */
export function answering(
  answers: readonly Answer[],
  options: Partial<ClientOptions> = {},
): { readonly client: CmsClient; readonly seen: Seen[] } {
  const seen: Seen[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const text = await request.clone().text();
    seen.push({
      method: request.method,
      path: pathname + search,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    });
    const answer = answers[Math.min(seen.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'function') return answer(request);
    if (!answer) throw new Error('The fake server has no answer.');
    return answer.clone();
  };
  return { client: createClient({ url: 'http://cms.test', fetch, ...options }), seen };
}

/** A JSON reply. */
export const reply = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });

/** A refusal as the server writes it. */
export const refusal = (
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
  details: unknown = [],
): Response => {
  const error = { code, message: `${code} it is.`, details, request_id: 'req_1' };
  return reply(status, { error, detail: error.message, code }, headers);
};

/** What fetch throws when nothing can be sent. */
export const lost = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

/** An entry as the server shows it. */
export const entry = (data: Readonly<Record<string, unknown>>, version = 1) => ({
  id: 'ent_01kaj5cz5rf4q9t2jw2hq5m8e3',
  collection: 'posts',
  status: 'published',
  version,
  locale: 'en',
  created_at: '2026-01-31T09:30:00.000Z',
  updated_at: '2026-01-31T09:30:00.000Z',
  published_at: null,
  created_by: null,
  updated_by: null,
  data,
});
