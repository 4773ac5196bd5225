import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './harness.ts';

/** Includes and aggregates agree with plain JavaScript over the same entries, whatever they hold. */
let server: TestServer;
const nodes = '/api/v1/collections/nodes/entries';

interface Data {
  readonly n: number | null;
  readonly kind: string | null;
  readonly up: string | null;
  readonly links: readonly string[];
}
interface Node {
  readonly id: string;
  readonly data: Data;
}
const kinds = ['a', 'b', 'c'];
const COUNT = 24;
const some = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const shape = fc.array(
  fc.record({
    n: some(fc.integer({ min: -50, max: 50 })),
    kind: some(fc.constantFrom(...kinds)),
    up: some(fc.nat(COUNT - 1)),
    links: fc.uniqueArray(fc.nat(COUNT - 1), { maxLength: 6 }),
  }),
  { minLength: COUNT, maxLength: COUNT },
);

/** All nodes by id, newest first as lists show them. */
let all: ReadonlyMap<string, Node>;
beforeAll(async () => {
  server = await startTestServer();
  const relation = (name: string, multiple: boolean) => ({
    name,
    type: 'relation',
    options: { collection: 'nodes', multiple, on_delete: 'set_null' },
  });
  const fields = [
    { name: 'n', type: 'integer' },
    { name: 'kind', type: 'select', options: { values: kinds } },
  ];
  const send = async (method: string, path: string, body: object) => {
    const reply = await server.ask(method, path, { body });
    expect(reply.status, reply.text).toBeLessThan(300);
    return reply.body;
  };
  await send('POST', '/api/v1/collections', { name: 'nodes', fields });
  await send('PATCH', '/api/v1/collections/nodes', {
    fields: [...fields, relation('up', false), relation('links', true)],
  });
  const [sample] = fc.sample(shape, { seed: 7, numRuns: 1 });
  const blank = (sample ?? []).map(({ n, kind }) => ({ data: { n, kind } }));
  const made = await send('POST', `${nodes}/bulk`, { entries: blank });
  const ids = (made['items'] ?? []).map(({ id }) => String(id));
  const data = (sample ?? []).map((each) => ({
    ...each,
    up: each.up === null ? null : String(ids[each.up]),
    links: each.links.map((at) => String(ids[at])),
  }));
  await send('PUT', `${nodes}/bulk`, {
    entries: data.map(({ up, links }, at) => ({ id: ids[at], data: { up, links } })),
  });
  const pairs = data.map((each, at): [string, Node] => [
    String(ids[at]),
    { id: String(ids[at]), data: each },
  ]);
  all = new Map(pairs.toReversed());
});
afterAll(() => server.close());

type Tree = ReadonlyMap<string, Tree>;

const treeOf = (paths: readonly string[]): Tree => {
  const heads = new Set(
    paths.filter((path) => path !== '').map((path) => path.split('.')[0] ?? ''),
  );
  const below = (head: string) =>
    paths.filter((path) => path.startsWith(`${head}.`)).map((path) => path.slice(head.length + 1));
  return new Map([...heads].map((head) => [head, treeOf(below(head))]));
};

/** What a node looks like: its fields, with others in the place of their ids. */
function expectedOf({ id, data }: Node, tree: Tree): unknown {
  const at = (name: string, value: string) => {
    const inner = tree.get(name);
    return inner ? expectedOf(all.get(value) as Node, inner) : value;
  };
  const up = data.up === null ? null : at('up', data.up);
  return { id, data: { ...data, up, links: data.links.map((each) => at('links', each)) } };
}

/** The same of a reply. */
function shownOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shownOf);
  const { id, data } = value as Node;
  return { id, data: { ...data, up: shownOf(data.up), links: shownOf(data.links) } };
}

const path = fc
  .array(fc.constantFrom('up', 'links'), { minLength: 1, maxLength: 3 })
  .map((names) => names.join('.'));

it('puts in the place of ids what they lead to, to any depth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(path, { minLength: 1, maxLength: 3 }), async (paths) => {
      const { status, body } = await server.ask('GET', `${nodes}?include=${paths.join(',')}`);
      expect(status).toBe(200);
      const expected = [...all.values()].map((node) => expectedOf(node, treeOf(paths)));
      expect(shownOf(body['items'])).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

it('chooses, sorts and cuts for each entry by itself', async () => {
  const choice = fc.record({
    above: fc.integer({ min: -50, max: 50 }),
    limit: fc.integer({ min: 1, max: 5 }),
    descending: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(choice, async ({ above, limit, descending }) => {
      const options = [
        `filter][n][gt]=${above}`,
        `sort]=${descending ? '-' : ''}n`,
        `limit]=${limit}`,
      ];
      const query = options.map((each) => `include[links][${each}`).join('&');
      const { body } = await server.ask('GET', `${nodes}?fields=n,links.n&${query}`);
      const items = body['items'] as unknown as { data: { links: Node[] } }[];
      const expected = [...all.values()].map(({ data }) => {
        const numbers = data.links
          .map((id) => (all.get(id) as Node).data.n)
          .filter((n) => n !== null && n > above);
        const sorted = numbers.toSorted((one, other) => Number(one) - Number(other));
        return (descending ? sorted.toReversed() : sorted).slice(0, limit);
      });
      expect(items.map(({ data }) => data.links.map((each) => each.data.n))).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});

it('turns relations round, and asks of those that point here', async () => {
  const back = fc.record({
    relation: fc.constantFrom('up' as const, 'links' as const),
    above: fc.integer({ min: -50, max: 50 }),
    limit: fc.integer({ min: 1, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(back, async ({ relation, above, limit }) => {
      const name = `nodes_via_${relation}`;
      const options = `include[${name}][filter][n][gt]=${above}&include[${name}][limit]=${limit}`;
      const { body } = await server.ask('GET', `${nodes}?${options}`);
      const items = body['items'] as unknown as { id: string; data: Record<string, Node[]> }[];
      const pointing = (id: string) =>
        [...all.values()].filter(
          ({ data }) => [data[relation] ?? []].flat().includes(id) && Number(data.n) > above,
        );
      const wanted = [...all.keys()].map((id) =>
        pointing(id)
          .filter(({ data }) => data.n !== null)
          .map((node) => node.id),
      );
      const shown = items.map(({ data }) => data[name]?.map(({ id }) => id));
      expect(shown).toEqual(wanted.map((ids) => ids.slice(0, limit)));
      const asked = await server.ask('GET', `${nodes}?${name}.n[gt]=${above}`);
      const found = (asked.body['items'] ?? []).map(({ id }) => id);
      expect(found).toEqual([...all.keys()].filter((_id, at) => wanted[at]?.length));
    }),
    { numRuns: 40 },
  );
});

it('counts and sums as JavaScript does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -60, max: 60 }), fc.nat(4), async (above, more) => {
      const numbers = 'aggregate[count]=*&aggregate[sum]=n&aggregate[max]=n&aggregate[distinct]=n';
      const { body } = await server.ask(
        'GET',
        `${nodes}/aggregate?${numbers}&group_by=kind&having[count][gt]=${more}&n[gt]=${above}`,
      );
      const chosen = [...all.values()].flatMap(({ data: { n, kind } }) =>
        n !== null && n > above ? [{ n, kind }] : [],
      );
      const groups = [...kinds, null].flatMap((kind) => {
        const own = chosen.filter((each) => each.kind === kind).map(({ n }) => n);
        if (own.length <= more) return [];
        const sum = own.reduce((one, other) => one + other, 0);
        return [
          {
            group: { kind },
            count: own.length,
            sum: { n: sum },
            max: { n: Math.max(...own) },
            distinct: { n: new Set(own).size },
          },
        ];
      });
      expect(body['items']).toEqual(groups);
    }),
    { numRuns: 40 },
  );
});
