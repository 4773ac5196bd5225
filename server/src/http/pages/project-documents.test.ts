import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type PagesServer, startPages, storedCollection } from './pages.fixture.ts';

let pages: PagesServer;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

let revision = 0;
beforeEach(() => {
  revision += 1;
  pages.schema = {
    revision: String(revision),
    collections: [
      storedCollection('posts', { rules: { list: '' } }),
      storedCollection('notes', { rules: { view: '' } }),
      storedCollection('letters', { rules: { create: '' } }),
      storedCollection('plans', { status: 'draft', rules: { list: '' } }),
    ],
  };
});

const get = (path: string, key?: string) =>
  fetch(pages.url + path, { headers: key === undefined ? {} : { 'x-api-key': key } });

interface Document {
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

async function collectionsFor(key?: string): Promise<string[]> {
  const document = (await (await get('/api/v1/openapi.json', key)).json()) as Document;
  return Object.keys(document.paths).flatMap(
    (path) => /^\/api\/v1\/collections\/(\w+)\/entries$/.exec(path)?.[1] ?? [],
  );
}

describe('the OpenAPI document of a project', () => {
  it('shows anonymous callers only what public rules let them read', async () => {
    expect(await collectionsFor()).toEqual(['posts', 'notes']);
  });

  it('shows every collection to who may read the schema, drafts to who manages it', async () => {
    expect(await collectionsFor('reader')).toEqual(['posts', 'notes', 'letters']);
    expect(await collectionsFor('manager')).toEqual(['posts', 'notes', 'letters', 'plans']);
  });

  it('refuses an unknown key', async () => {
    const reply = await get('/api/v1/openapi.json', 'unknown');
    expect(reply.status).toBe(401);
    expect(await reply.json()).toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('has the exact type of every field', async () => {
    const reply = await get('/api/v1/openapi.json', 'reader');
    const { components } = (await reply.json()) as Document;
    expect(components.schemas['PostsCreate']).toMatchObject({
      required: ['title'],
      properties: { title: { type: 'string', maxLength: 80 } },
    });
  });

  it('tells of hidden fields only to who manages the schema, or writes', async () => {
    const [title] = storedCollection('posts').fields;
    if (!title) throw new Error('There is no field');
    const notes = { ...title, id: 'fld_2', key: 'notes', name: 'secret_notes', hidden: true };
    pages.schema.collections = [
      storedCollection('posts', { rules: { list: '' }, fields: [title, notes] }),
    ];
    const textFor = async (key?: string) => (await get('/api/v1/openapi.json', key)).text();
    expect(await textFor()).not.toContain('secret_notes');
    const shown = JSON.parse(await textFor('manager')) as Document;
    expect(shown.components.schemas['Posts']).toHaveProperty('properties.secret_notes');
    const written = JSON.parse(await textFor('reader')) as Document;
    expect(written.components.schemas['Posts']).not.toHaveProperty('properties.secret_notes');
    expect(written.components.schemas['PostsCreate']).toHaveProperty('properties.secret_notes');
  });

  it('is the same as YAML', async () => {
    const yaml = await get('/api/v1/openapi.yaml', 'reader');
    expect(yaml.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
    const json = await get('/api/v1/openapi.json', 'reader');
    expect(parse(await yaml.text())).toEqual(await json.json());
  });

  it('is made once, and again when a collection changed', async () => {
    const before = await get('/api/v1/openapi.json');
    pages.schema.collections = [];
    const kept = await get('/api/v1/openapi.json');
    expect(kept.headers.get('etag')).toBe(before.headers.get('etag'));
    pages.schema.revision = 'next';
    const after = await get('/api/v1/openapi.json');
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect(await collectionsFor()).toEqual([]);
  });
});
