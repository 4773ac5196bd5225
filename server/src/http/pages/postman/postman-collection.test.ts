import { contracts } from '@cms/contracts';
import { namedRoutes } from '@cms/contracts/openapi';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Collection, Item } from './collection-format.ts';
import { PostmanReplies } from './postman-replies.ts';

let collection: Collection;
let text: string;
const replies = new PostmanReplies(contracts);
beforeAll(async () => {
  text = (await replies.reply('http://localhost:3000')).plain.toString();
  collection = JSON.parse(text) as Collection;
});

const requests = (): Item[] => collection.item.flatMap(({ item }) => item);
const script = (item: Item): string => item.event?.[0]?.script.exec.join('\n') ?? '';

describe('the Postman collection', () => {
  it('has every operation once but the three that need a mail, a singleton and two invitations', () => {
    const routes = namedRoutes(contracts).map(({ method, path }) => `${method} ${path}`);
    // What is served under /v1 and /api/v1 alike is there once.
    const isAlias = (route: string) =>
      route.includes(' /api/v1/') && routes.includes(route.replace(' /api/v1/', ' /v1/'));
    const once = routes.filter((route) => !isAlias(route));
    expect(requests()).toHaveLength(once.length - 3 + 2 + 2);
  });

  it('tests the status of every request', () => {
    for (const item of requests()) expect(script(item)).toMatch(/to\.have\.status\(2\d\d\)/);
  });

  it('uses no id before the request that creates it, and none after its deletion', () => {
    const known = new Set<string>();
    for (const item of requests()) {
      const variables = (item.request.url.variable ?? []).map(({ value }) => value.slice(2, -2));
      const inBody = [
        ...(item.request.body?.raw ?? '').matchAll(/"\{\{(bulk\w+|collection)\}\}"/g),
      ];
      for (const name of [...variables, ...inBody.map(([, name]) => name as string)])
        expect(known, `${item.name} uses ${name}`).toContain(name);
      for (const [, name] of script(item).matchAll(/collectionVariables\.set\('(\w+)'/g))
        known.add(name as string);
      for (const [, name] of script(item).matchAll(/collectionVariables\.unset\('(\w+)'/g))
        known.delete(name as string);
      const last = variables.at(-1);
      const isOne = item.request.url.path.at(-1)?.startsWith(':');
      if (item.request.method === 'DELETE' && isOne && last !== undefined) known.delete(last);
    }
    // What was made is gone: the collection can be run again.
    expect([...known]).toEqual([]);
  });

  it('needs only a key: the address, credentials and names are set', () => {
    const variables = Object.fromEntries(
      (collection.variable ?? []).map(({ key, value }) => [key, value]),
    );
    expect(variables['baseUrl']).toBe('http://localhost:3000');
    expect(variables['apiKey']).toBe('');
    expect(collection.auth).toMatchObject({ type: 'bearer', bearer: [{ value: '{{apiKey}}' }] });
    for (const { request } of requests()) {
      // The others use the collection's key.
      const own = request.url.path.join('/').startsWith('api/v1/auth/') ? 'bearer' : 'noauth';
      expect(['noauth', own]).toContain(request.auth?.type ?? 'noauth');
    }
    expect(text).toContain('articles_{{$timestamp}}');
    expect(text).not.toContain('cms.invalid');
  });

  it('is the same each time, but for the address', async () => {
    const other = await new PostmanReplies(contracts).reply('http://localhost:3000');
    expect(other.plain.toString()).toBe(text);
    const elsewhere = await replies.reply('https://example.com');
    expect(elsewhere.plain.toString()).toContain('"value":"https://example.com"');
  });
});
