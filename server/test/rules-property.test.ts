import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CollectionCtx, transaction } from '../src/content/context.ts';
import { insertEntries } from '../src/content/entries/insert.ts';
import { ItemsRefused } from '../src/content/entries/items-refused.ts';
import { lockEntries } from '../src/content/entries/lock.ts';
import { newestFirst } from '../src/content/entries/order.ts';
import { readEntries, readEntry } from '../src/content/entries/read.ts';
import { compileExpression } from '../src/content/expressions/index.ts';
import { bindRule } from '../src/content/policy/bound-rule.ts';
import { ruleScope } from '../src/content/policy/policy.ts';
import { AppError } from '../src/platform/errors/app-error.ts';
import { collectionCtx, reader } from './collection-ctx.ts';
import { startTestServer, type TestServer } from './harness.ts';
import { type Asked, cases } from './rules-cases.ts';
import { makeWorld, picker, postData, type Row, slugs, texts, type World } from './rules-data.ts';

/** One predicate behind get, list, count, update and create, against plain JavaScript. */
let server: TestServer;
let world: World;
let base: CollectionCtx;
const now = new Date('2026-01-31T09:30:00.000Z');

beforeAll(async () => {
  server = await startTestServer({ clock: { now: () => now } });
  world = await makeWorld(server);
  base = await collectionCtx(server, 'posts');
});
afterAll(() => server.close());

/** The context of somebody who is bound by an expression. */
async function boundBy(text: string, auth: string): Promise<CollectionCtx> {
  const { collections } = await base.schemas.project(base.project.id);
  const find = (id: string) => collections.find((each) => each.id === id);
  const predicate = compileExpression(text, ruleScope(base.collection, find));
  const principal = { ...reader, id: auth === '' ? null : auth };
  const rule = bindRule(predicate, { principal, method: 'GET', clock: base.clock });
  return { ...base, principal, rule };
}

const asked = fc.record({
  auth: fc.constantFrom('', ...texts),
  now: fc.constant(now),
  sent: fc.record(
    {
      title: fc.constantFrom(null, ...texts),
      slug: fc.constantFrom(null, ...slugs),
      price: fc.constantFrom<unknown>(null, 1, 2, 'not a number'),
    },
    { requiredKeys: [] },
  ),
});
/** What reads send: nothing. */
const nothing = (one: Asked): Asked => ({ ...one, sent: {} });
/** What does not fit its field counts as absent. */
const fitting = ({ sent, ...one }: Asked): Asked => ({
  ...one,
  sent: typeof sent['price'] === 'string' ? { ...sent, price: null } : sent,
});

it('list, count, get and update agree with plain JavaScript', async () => {
  const property = fc.asyncProperty(cases, asked, fc.nat(39), async (one, ask, index) => {
    const ctx = await boundBy(one.text, ask.auth);
    const expected = world.posts.filter((row) => one.holds(row, nothing(ask), world));
    const order = newestFirst(ctx.collection);
    const list = await readEntries(ctx, { order, limit: 100, offset: 0, count: 'exact' });
    expect(list.rows.map((row) => row.entry_id).toReversed()).toEqual(
      expected.map((row) => row.id).toSorted(),
    );
    expect(list.total).toBe(expected.length);

    const row = world.posts[index] as Row;
    const got = await readEntry(ctx, row.id).then(() => true, isRefusal('NOT_FOUND'));
    expect(got).toBe(expected.includes(row));

    // Locked together, each with what was sent for it: as many are refused as would be alone.
    const others = world.posts.filter((each) => each !== row);
    const wanted = [{ id: row.id, sent: ask.sent }, ...others.map(({ id }) => ({ id, sent: {} }))];
    const locked = await transaction(ctx, (tx) => lockEntries(tx, wanted));
    expect(locked.map(isLocked)).toEqual([
      one.holds(row, fitting(ask), world),
      ...others.map((each) => one.holds(each, nothing(ask), world)),
    ]);
  });
  await fc.assert(property, { numRuns: 1200 });
}, 240_000);

it('create agrees, on the row that is about to be', async () => {
  const property = fc.asyncProperty(cases, asked, fc.nat(), async (one, ask, seed) => {
    const ctx = await boundBy(one.text, ask.auth);
    const data = Object.fromEntries(
      Object.entries(postData(picker(seed), world.authors)).filter(([, v]) => v !== undefined),
    );
    const row: Row = { id: base.newId('ent'), status: 'draft', data };
    const entry = { ...row, status: 'draft' as const, references: [], sent: ask.sent };
    const undone = new Error('undone');
    const made = await transaction(ctx, async (tx) => {
      await insertEntries(tx, [entry]);
      throw undone;
    }).catch((error: unknown) =>
      error instanceof ItemsRefused
        ? isRefusal('UNAUTHORIZED')(error.failures.get(0))
        : error === undone || isRefusal('UNAUTHORIZED')(error),
    );
    expect(made).toBe(one.holds(row, fitting(ask), world));
  });
  await fc.assert(property, { numRuns: 300 });
}, 120_000);

/** False for an entry that the rule refuses. */
const isLocked = (row: object): boolean =>
  !(row instanceof AppError) || isRefusal('UNAUTHORIZED')(row);

/** False for the refusal that is looked for; anything else is a failure. */
const isRefusal = (code: string) => (error: unknown) => {
  if (error instanceof AppError && error.code === code) return false;
  throw error;
};
