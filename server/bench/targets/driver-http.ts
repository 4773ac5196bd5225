import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Pool, types } from 'pg';
import { isArticle } from './check-article.ts';
import { entriesPath, storiesPath, writersPath } from '../scenarios/scenario.ts';
import { createStories, fillStories, readStories } from './driver-stories.ts';
import {
  createTable,
  get,
  insert,
  insertMany,
  estimate,
  list,
  listBehind,
  listFiltered,
  listFrom,
  lockMany,
  search,
  type Row,
  toReply,
  updateMany,
} from './driver-table.ts';

/** L3, a process of its own: node:http, the driver, prepared statements, one table. */
const TIMESTAMPTZ = 1184;
types.setTypeParser(TIMESTAMPTZ, (text: string) => text);
const pool = new Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['DATABASE_POOL_SIZE']),
  options: '-c timezone=UTC',
});
/** As many characters as the product's ids of keys. */
const AUTHOR = 'key_00000000000000000000000000';

function send(res: ServerResponse, status: number, reply: object): void {
  const text = JSON.stringify(reply);
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  res.end(text);
}

async function readJson(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

async function getOne(res: ServerResponse, id: string): Promise<void> {
  const { rows } = await pool.query<Row>({ ...get, values: [id] });
  if (rows[0]) send(res, 200, toReply(rows[0]));
  else send(res, 404, { error: 'not found' });
}

interface Found {
  readonly items: readonly object[];
  readonly next?: string | null;
  readonly total?: number | null;
}

function sendPage(res: ServerResponse, limit: number, found: Found): void {
  const { items, next = null, total = null } = found;
  const pages = total === null ? null : Math.ceil(total / limit);
  const page = { total, page: 1, per_page: limit, total_pages: pages };
  send(res, 200, { ...page, next_cursor: next, prev_cursor: null, items });
}

/** The newest, from wherever; where the query has a number of views, those below it that have most. */
function statementOf(query: URLSearchParams, limit: number) {
  const below = query.get('views[lt]');
  const behind = query.get('cursor');
  const offset = query.get('offset');
  if (below !== null) return { ...listFiltered, values: [limit, Number(below)] };
  if (behind !== null) return { ...listBehind, values: [limit, behind] };
  if (offset !== null) return { ...listFrom, values: [limit, Number(offset)] };
  return { ...list, values: [limit] };
}

async function listArticles(res: ServerResponse, query: URLSearchParams): Promise<void> {
  const limit = Number(query.get('limit'));
  const [{ rows }, counted] = await Promise.all([
    pool.query<Row>(statementOf(query, limit)),
    query.get('count') === 'estimated' ? pool.query<{ total: string }>(estimate) : undefined,
  ]);
  const total = counted ? Number(counted.rows[0]?.total) : null;
  sendPage(res, limit, { items: rows.map(toReply), next: rows.at(-1)?.id ?? null, total });
}

async function createStoriesOf(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { entries } = (await readJson(req)) as { entries: Row[] };
  send(res, 201, await fillStories(pool, entries, AUTHOR));
}

/** Words that must all be there, the last one perhaps unfinished. */
async function searchBest(res: ServerResponse, query: URLSearchParams): Promise<void> {
  const words = (query.get('q') ?? '').match(/\w+/g) ?? [];
  const limit = Number(query.get('limit'));
  const { rows } = await pool.query<Row & { score: number; total: string }>({
    ...search,
    values: [`${words.join(' & ')}:*`, limit],
  });
  const total = Number(rows[0]?.total ?? 0);
  const page = { total, page: 1, per_page: limit, total_pages: Math.ceil(total / limit) };
  const items = rows.map((row) => ({ ...toReply(row), score: row.score, highlights: {} }));
  send(res, 200, {
    ...page,
    next_cursor: null,
    prev_cursor: null,
    items,
    facets: {},
    similar: false,
  });
}

async function createOne(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const article = await readJson(req);
  if (!isArticle(article)) return send(res, 422, { error: 'not an article' });
  const { title, slug, body, author, views, published_on } = article;
  const values = [title, slug, body, author, views, published_on, AUTHOR];
  const { rows } = await pool.query<Row>({ ...insert, values });
  send(res, 201, toReply(rows[0] as Row));
}

async function createMany(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { entries } = (await readJson(req)) as { entries: unknown[] };
  if (!entries.every(isArticle)) return send(res, 422, { error: 'not articles' });
  const fields = ['title', 'slug', 'body', 'author', 'views', 'published_on'] as const;
  const values = [...fields.map((field) => entries.map((entry) => entry[field])), AUTHOR];
  const { rows } = await pool.query<Row>({ ...insertMany, values });
  send(res, 201, { items: rows.map(toReply) });
}

interface Change {
  readonly id: string;
  readonly author: string;
  readonly views: number;
}

const isChange = (value: unknown): value is Change => {
  const { id, author, views } = value as Record<string, unknown>;
  return typeof id === 'string' && typeof author === 'string' && Number.isInteger(views);
};

/** All or none, and no two requests that wait for each other: locked in order, then changed. */
async function changeMany(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { entries } = (await readJson(req)) as { entries: unknown[] };
  if (!entries.every(isChange)) return send(res, 422, { error: 'not changes' });
  const ids = entries.map(({ id }) => id);
  const columns = [ids, entries.map(({ author }) => author), entries.map(({ views }) => views)];
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({ ...lockMany, values: [ids] });
    const { rows } = await client.query<Row>({ ...updateMany, values: [...columns, AUTHOR] });
    if (rows.length < ids.length) throw new Error('not found');
    await client.query('commit');
    const byId = new Map(rows.map((row) => [row.id, row]));
    send(res, 200, { items: ids.map((id) => toReply(byId.get(id) as Row)) });
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const queryOf = (url: string) => new URLSearchParams(url.slice(url.indexOf('?')));

async function route(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { url = '' } = req;
  if (req.method === 'PUT') return changeMany(req, res);
  if (url === `${storiesPath}/bulk` || url === `${writersPath}/bulk`)
    return createStoriesOf(req, res);
  if (req.method === 'POST')
    return url === `${entriesPath}/bulk` ? createMany(req, res) : createOne(req, res);
  if (url.startsWith(`${entriesPath}/search?`))
    return searchBest(res, new URLSearchParams(url.slice(entriesPath.length + 7)));
  if (url.startsWith(`${entriesPath}/`)) return getOne(res, url.slice(entriesPath.length + 1));
  if (url.startsWith(`${entriesPath}?`)) return listArticles(res, queryOf(url));
  if (url.startsWith(`${storiesPath}?`)) {
    const limit = Number(queryOf(url).get('limit'));
    return sendPage(res, limit, { items: await readStories(pool, limit) });
  }
  return send(res, 404, { error: 'no such route' });
}

await pool.query(createTable);
await pool.query(createStories);
const server = createServer((req, res) => {
  route(req, res).catch((error: unknown) =>
    send(res, (error as { code?: string }).code === '23505' ? 409 : 500, { error: String(error) }),
  );
});
server.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => process.exit());
