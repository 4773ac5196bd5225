import { describe, expect, it } from 'vitest';
import { contracts } from '../src/index.ts';
import { buildDocument, namedRoutes, operationsOf } from '../src/openapi/index.ts';
import { describedCollection } from './openapi-fixtures.ts';

const build = (...collections: ReturnType<typeof describedCollection>[]) => {
  const document = buildDocument(contracts, { version: '1.0.0', collections });
  const text = JSON.stringify(document);
  const schemas = (document.components?.schemas ?? {}) as Record<string, object>;
  return { document, text, schemas, operations: [...operationsOf(document)] };
};

describe('a collection in the document', () => {
  const { document, text, schemas, operations } = build(
    describedCollection('posts'),
    describedCollection('settings', 'singleton'),
  );
  const own = operations.filter(({ path }) => path.startsWith('/api/v1/collections/posts/'));

  it('has a path of its own for every canonical operation on entries', () => {
    const general = namedRoutes(contracts).filter(({ path }) =>
      path.startsWith('/api/v1/collections/{collection}/entries'),
    );
    expect(own).toHaveLength(general.length);
    for (const { operation } of own) {
      expect(operation.operationId).toMatch(/^posts_entries_/);
      expect(operation.tags).toEqual(['posts']);
      expect(JSON.stringify(operation.parameters)).not.toContain('"collection"');
    }
  });

  it('leaves no path of which one cannot tell whether it is meant', () => {
    const paths = operations.map(({ path }) => path);
    expect(paths).toContain('/api/v1/collections/{collection}/entries/{id}');
    expect(paths).toContain('/api/v1/collections/posts/entries/bulk');
    // As many parameters as posts/entries/{id}, which it would be mistaken for.
    expect(paths).not.toContain('/api/v1/collections/{collection}/entries/bulk');
    expect(schemas).not.toHaveProperty('EntriesCreateManyBody');
    const used = (name: string) => text.includes(`"#/components/schemas/${name}"`);
    expect(Object.keys(schemas).filter((name) => !used(name))).toEqual([]);
  });

  it('has its exact types in bodies and replies', () => {
    expect(schemas).toHaveProperty('Posts');
    expect(schemas['PostsEntry']).toMatchObject({
      properties: { data: { $ref: '#/components/schemas/Posts' } },
    });
    const create = own.find(({ operation }) => operation.operationId === 'posts_entries_create');
    const body = JSON.stringify(create?.operation.requestBody);
    expect(body).toContain('#/components/schemas/PostsCreate"');
    expect(JSON.stringify(own)).not.toMatch(/schemas\/(EntryData|BareFields|BulkEntry|Entry)"/);
  });

  it('has one entry where it is a singleton', () => {
    const paths = operations.filter(({ path }) => path.startsWith('/api/v1/collections/settings/'));
    expect(new Set(paths.map(({ path }) => path))).toEqual(
      new Set(['/api/v1/collections/settings/entry']),
    );
    expect(schemas).not.toHaveProperty('SettingsCreate');
  });

  it('has a tag with its label', () => {
    expect(document.tags?.find(({ name }) => name === 'posts')?.description).toContain('The posts');
  });

  it('leaves nothing that points nowhere, nor twice the same name', () => {
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(schemas).toHaveProperty(name as string);
    expect(text).not.toContain('#/$defs');
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('names of collections', () => {
  it('may be those of our own components, tags and of each other', () => {
    const { document, schemas, operations } = build(
      describedCollection('Entries'),
      describedCollection('entry'),
      describedCollection('blog_posts'),
      describedCollection('blogPosts'),
    );
    expect(schemas['Entry']).toHaveProperty('properties.created_at');
    for (const name of ['Entry2', 'BlogPosts', 'BlogPosts2']) expect(schemas).toHaveProperty(name);
    const tags = document.tags?.map(({ name }) => name) ?? [];
    expect(new Set(tags).size).toBe(tags.length);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
