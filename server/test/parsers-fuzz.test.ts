import { type Contract, contracts, type Filter, type SearchQuery } from '@cms/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CollectionCtx } from '../src/content/context.ts';
import { compileOrder } from '../src/content/entries/order.ts';
import { type Fragment, numbered, type Scope } from '../src/content/expressions/index.ts';
import { compileFilter, readerScope } from '../src/content/filters/compile-filter.ts';
import { compileQuery } from '../src/content/search/read-query.ts';
import { inputReader } from '../src/http/rest/read-input.ts';
import { AppError } from '../src/platform/errors/app-error.ts';
import { collectionCtx } from './collection-ctx.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { anyText, mutated, strung } from './hostile.ts';
import { hostileQuery, soundQueries } from './hostile-queries.ts';
import { makeWorld, postFields } from './rules-data.ts';
import { patience, runs } from './runs.ts';

/**
 * A hundred thousand inputs for each parser, up to the SQL for a real collection: each becomes SQL that holds
 * nothing of the input, or a refusal that says what is wrong where, in little time.
 */
let server: TestServer;
let ctx: CollectionCtx;
let scope: Scope;
beforeAll(async () => {
  // Most inputs are refused; where in our code is found by running the one that fails.
  Error.stackTraceLimit = 0;
  server = await startTestServer();
  await makeWorld(server);
  ctx = await collectionCtx(server, 'posts');
  scope = await readerScope(ctx);
});
afterAll(() => server.close());

/** Put into inputs: SQL must never hold it. */
const marker = 'zzmark';
/** Milliseconds that an input may take. */
const MOST_TIME = 50;
const NORMAL = 100_000;

const paths = [...postFields.map(({ name }) => name), 'author.name', 'author.company.size'];
const words = [...paths, 'editors.age', 'sys.status', 'created_at', marker, 'nope', 'true', '5'];

const soundBrackets = [
  'filter[title][eq]=zzmark',
  'filter[_or][0][price][gt]=1&filter[_or][1][author.name][contains]=zzmark',
  'filter[tags][any]=red,green&filter[place][near]=52.5,13,1000',
  'filter[_not][day][in][]=2024-01-31&filter[live][exists]=false&sort=-price,title:nulls_first',
  'filter[at][lte]=2024-01-31T09:30:00Z&filter[slug][startsWith]=zzmark&page=2',
  'filter[sys.status][ne]=draft&filter[seo.title][match]=zzmark%20a&sort=author.name',
];
const soundBare = [
  'title=zzmark&created_at[gt]=2023-01-01',
  'status=published&price[lte]=5&price[gte]=-1.5&limit=10&offset=20',
  '_or[0][kind]=red&_or[1][tags][has]=blue&sort=title,-created_at',
  'author.company.size[in]=1,2&editors.name[nin]=zzmark&meta[exists]=true',
  'live=true&at[lt]=%40day-7&filter=title~zzmark',
];
const soundExpressions = [
  'status=published&&featured=true',
  `title ~ 'zzmark' && (price > 5 || live = true)`,
  `!(author.name = "zzmark") && editors.age >= 30`,
  'tags ?= [red, "blue", 3] || day > 2024-01-31',
  'at >= @month-1 && at < @todayEnd && kind != null',
  `seo.title !~ 'a\\'b' && slug = a-b && sys.status = published`,
];

interface Parsed {
  readonly fragments: readonly Fragment[];
}
type Parse<T> = (input: T) => Parsed;

/** As the REST door reads a query string, and the handler compiles it. */
function overRest(contract: Contract, path: object): Parse<string> {
  const read = inputReader(contract);
  return (text) => {
    const input = contract.input.safeParse(
      read({ headers: {} } as never, text, { ...path }, undefined),
    );
    if (!input.success) throw new AppError('INVALID_INPUT', 'x', { details: [refusedByContract] });
    const { filter, sort } = input.data as { filter?: Filter; sort?: string };
    const order = sort === undefined ? [] : compileOrder(scope, sort).keys;
    const filters = filter === undefined ? [] : [compileFilter(ctx, scope, filter).fragment];
    return { fragments: [...filters, ...order.map(({ value }) => value)] };
  };
}
const refusedByContract = { field: 'x', message: 'x', code: 'x' };

function checkRefusal(error: unknown, length: number): void {
  if (!(error instanceof AppError) || error.status !== 400) throw error;
  if (error.details.length === 0 && error.message.startsWith('The query string')) return;
  const [detail] = error.details;
  if (!detail?.code || !detail.message || typeof detail.field !== 'string')
    throw new Error(`A refusal without a field, code and sentence: ${error.message}`);
  if (detail.code !== 'expression') return;
  const at = Number(/^At character (\d+): /.exec(detail.message)?.[1]);
  if (!(at >= 1 && at <= length + 1))
    throw new Error(`A refusal without a place in the text: ${detail.message}`);
}

function checkSql({ fragments }: Parsed): void {
  for (const fragment of fragments) {
    const { text, values } = numbered(fragment);
    if (text.includes(marker)) throw new Error(`Input in SQL: ${text}`);
    const places = text.match(/\$\d+/g) ?? [];
    if (places.length !== values.length) throw new Error(`Parameters are missing: ${text}`);
  }
}

/** Runs one input; true where it became SQL. */
function isFine<T>(parse: Parse<T>, input: T, length: number): boolean {
  try {
    checkSql(parse(input));
    return true;
  } catch (error) {
    checkRefusal(error, length);
    return false;
  }
}

/** The same, and that it takes little time; others may have had the processor meanwhile. */
function timed<T>(parse: Parse<T>, input: T, length: number): boolean {
  const begun = performance.now();
  const fine = isFine(parse, input, length);
  if (performance.now() - begun < MOST_TIME) return fine;
  const times = [1, 2, 3].map(() => {
    const before = process.threadCpuUsage();
    isFine(parse, input, length);
    return process.threadCpuUsage(before).user / 1000;
  });
  if (Math.min(...times) >= MOST_TIME) throw new Error(`It takes ${Math.min(...times)} ms.`);
  return fine;
}

function fuzz<T>(inputs: fc.Arbitrary<T>, parse: Parse<T>, lengthOf: (input: T) => number): void {
  let fine = 0;
  const asMany = runs(NORMAL);
  const property = fc.property(inputs, (input) => {
    if (timed(parse, input, lengthOf(input))) fine += 1;
  });
  fc.assert(property, asMany);
  // Enough get through for the rest to mean something.
  expect(fine).toBeGreaterThan(asMany.numRuns / 100);
}
const lengthOf = (text: string) => text.length;

it('S0, brackets and bare names', { timeout: patience(120_000) }, () => {
  const inputs = fc.oneof(
    { weight: 6, arbitrary: mutated([...soundBare, ...soundBrackets]) },
    { weight: 2, arbitrary: strung([...words, '[gt]=', '[in]=', 'filter[', ']=', '&sort=', '=']) },
    { weight: 1, arbitrary: anyText },
  );
  fuzz(inputs, overRest(contracts.entries.list, { collection: 'posts' }), lengthOf);
});

it('S3, operators in brackets', { timeout: patience(120_000) }, () => {
  const inputs = fc.oneof(
    { weight: 6, arbitrary: mutated(soundBrackets) },
    {
      weight: 2,
      arbitrary: strung([...paths, '[gt]=', '[nin]=', 'filter[', ']=', '&filter[', '&sort=']),
    },
    { weight: 1, arbitrary: anyText },
  );
  fuzz(inputs, overRest(contracts.models.list, { modelKey: 'posts' }), lengthOf);
});

it('S4, expressions', { timeout: patience(120_000) }, () => {
  const inputs = fc.oneof(
    { weight: 6, arbitrary: mutated(soundExpressions) },
    { weight: 3, arbitrary: strung(words) },
    { weight: 1, arbitrary: anyText },
  );
  const compiled: Parse<string> = (text) => ({
    fragments: [compileFilter(ctx, scope, text).fragment],
  });
  fuzz(inputs, compiled, lengthOf);
});

it('S0, must and should', { timeout: patience(120_000) }, () => {
  const { query } = contracts.entries.searchBy.input.shape;
  const compiled: Parse<unknown> = (input) => {
    const read = query.safeParse(input);
    if (!read.success) throw new AppError('INVALID_INPUT', 'x', { details: [refusedByContract] });
    const { conditions, boosts } = compileQuery(ctx, scope, read.data as SearchQuery);
    return { fragments: [...conditions.map(({ fragment }) => fragment), ...boosts] };
  };
  for (const sound of soundQueries) expect(isFine(compiled, sound, 0)).toBe(true);
  // Expressions within clauses have places of their own, in texts of any length.
  fuzz(hostileQuery, compiled, () => Number.MAX_SAFE_INTEGER);
});
