import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PagesServer, startPages } from './pages.fixture.ts';

let pages: PagesServer;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(pages.url + path, { method, headers });
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('the front page', () => {
  it('shows people where things are, and a request to the address they came to', async () => {
    const reply = await get('/', browser);
    const text = await reply.text();
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain(`curl ${pages.url}/api/v1/collections`);
    for (const path of ['/docs', '/api/v1/openapi.json', '/postman-collection.json', '/health'])
      expect(text).toContain(`href="${pages.url}${path}"`);
  });

  it('tells programs the same as JSON', async () => {
    const reply = await get('/', { accept: '*/*' });
    expect(await reply.json()).toMatchObject({
      name: 'Headless CMS',
      version: expect.any(String),
      links: { docs: `${pages.url}/docs`, openapi: `${pages.url}/api/v1/openapi.json` },
    });
    expect(reply.headers.get('vary')).toMatch(/Accept(,|$)/);
  });

  it('answers 406 to who takes neither', async () => {
    expect((await get('/', { accept: 'image/png' })).status).toBe(406);
  });

  it('does not repeat a Host header that is none', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const { port } = new URL(pages.url);
      const headers = { host: 'x"><script>alert(1)</script>', accept: 'text/html' };
      request({ host: '127.0.0.1', port, headers }, (reply) => {
        let body = '';
        reply.on('data', (part: Buffer) => (body += part.toString()));
        reply.on('end', () => resolve(body));
      })
        .on('error', reject)
        .end();
    });
    expect(text).not.toContain('alert');
    expect(text).toContain('curl http://localhost/api');
  });
});

describe('the documentation page', () => {
  it('loads only files of its own, and no script of another kind is let in', async () => {
    const reply = await get('/docs', browser);
    const text = await reply.text();
    const policy = reply.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:/);
    const loaded = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    expect(loaded.length).toBeGreaterThan(4);
    for (const path of loaded) expect(path).toMatch(/^\/(docs\/assets|api\/v1)\//);
    expect(text).not.toMatch(/<script>|<style|style=|onload/);
    expect(text).toContain('data-url="/api/v1/openapi.json"');
  });

  it('has its files at paths that may be kept for ever', async () => {
    const text = await (await get('/docs')).text();
    const paths = [...text.matchAll(/"(\/docs\/assets\/[^"]+)"/g)].map(
      ([, path]) => path as string,
    );
    for (const path of paths) {
      const reply = await get(path);
      expect(reply.status, path).toBe(200);
      expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect((await reply.arrayBuffer()).byteLength).toBeGreaterThan(50);
    }
    const bundle = paths.find((path) => path.endsWith('bundle.js')) ?? '';
    expect((await get(bundle)).headers.get('content-encoding')).toBe('gzip');
    expect((await get(bundle.replace(/assets\/\w+/, 'assets/000000000000'))).status).toBe(404);
    expect((await get('/docs/assets/000000000000/constructor')).status).toBe(404);
  });
});

describe.each([
  '/',
  '/docs',
  '/api/v1/openapi.json',
  '/api/v1/openapi.yaml',
  '/postman-collection.json',
])('%s', (path) => {
  it('answers HEAD as GET without a body, and 304 to who holds it', async () => {
    const plain = { 'accept-encoding': 'identity' };
    const got = await get(path, plain);
    const head = await get(path, plain, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String((await got.arrayBuffer()).byteLength));
    expect(await head.text()).toBe('');
    const etag = got.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    const again = await get(path, { ...plain, 'if-none-match': `W/${etag}, "other"` });
    expect(again.status).toBe(304);
    const zipped = await get(path, { 'accept-encoding': 'gzip' });
    expect(zipped.headers.get('etag')).not.toBe(etag);
  });

  it('refuses other methods with what it allows', async () => {
    const reply = await get(path, {}, 'POST');
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect(await reply.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    const options = await get(path, {}, 'OPTIONS');
    expect(options.status).toBe(204);
    expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  });
});

describe('behind a public URL with a path', () => {
  it('points everything there', async () => {
    const other = await startPages('https://example.com/cms');
    const docs = await fetch(`${other.url}/docs`);
    expect(await docs.text()).toContain('src="/cms/docs/assets/');
    expect(docs.headers.get('content-security-policy')).toContain(
      "connect-src 'self' https://example.com",
    );
    const document = (await (await fetch(`${other.url}/api/v1/openapi.json`)).json()) as {
      servers: { url: string }[];
    };
    expect(document.servers[0]?.url).toBe('https://example.com/cms');
    await other.close();
  });
});
