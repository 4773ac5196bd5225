import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { contracts } from '../src/index.ts';
import { buildDocument, type OpenApiDocument, operationsOf } from '../src/openapi/index.ts';
import { describedCollection } from './openapi-fixtures.ts';

interface Media {
  readonly schema?: unknown;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

const pointer = (...keys: string[]): string =>
  keys
    .map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('');

/** Every example of a document with the place of its schema. */
function* examplesOf(document: OpenApiDocument): Generator<[string, unknown]> {
  const media = function* (
    at: string,
    content: Record<string, Media> = {},
  ): Generator<[string, unknown]> {
    for (const [type, { example, examples }] of Object.entries(content)) {
      const schema = `${at}${pointer('content', type, 'schema')}`;
      if (example !== undefined) yield [schema, example];
      for (const { value } of Object.values(examples ?? {})) yield [schema, value];
    }
  };
  for (const { path, method, operation } of operationsOf(document)) {
    const at = pointer('paths', path, method);
    for (const [index, parameter] of (operation.parameters ?? []).entries())
      if ('example' in parameter)
        yield [`${at}${pointer('parameters', String(index), 'schema')}`, parameter.example];
    const { requestBody } = operation as { requestBody?: { content: Record<string, Media> } };
    if (requestBody) yield* media(`${at}/requestBody`, requestBody.content);
    for (const [status, response] of Object.entries(operation.responses ?? {}))
      yield* media(`${at}${pointer('responses', status)}`, response.content);
  }
  for (const [name, response] of Object.entries(document.components?.responses ?? {}))
    yield* media(
      pointer('components', 'responses', name),
      (response as { content?: Record<string, Media> }).content,
    );
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    const { examples = [] } = schema as { examples?: unknown[] };
    for (const example of examples) yield [pointer('components', 'schemas', name), example];
  }
}

const documents = {
  'of the contracts': buildDocument(contracts, { version: '1.0.0' }),
  'with collections': buildDocument(contracts, {
    version: '1.0.0',
    collections: [describedCollection('posts'), describedCollection('settings', 'singleton')],
  }),
};

describe.each(Object.entries(documents))('the document %s', (_name, document) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ ...document, $id: 'https://example.com/openapi' });

  it('has examples that fit their schemas', () => {
    const wrong: string[] = [];
    let count = 0;
    for (const [place, example] of examplesOf(document)) {
      const validate = ajv.compile({ $ref: `https://example.com/openapi#${place}` });
      count += 1;
      if (!validate(example)) wrong.push(`${place}: ${ajv.errorsText(validate.errors)}`);
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(80);
    // Each example has a validator compiled, which on a busy machine takes its time.
  }, 30_000);

  it('has an example of every body and every reply with one', () => {
    const missing = [...operationsOf(document)].flatMap(({ operation }) =>
      [operation.requestBody, ...Object.values(operation.responses ?? {})]
        .flatMap((body: { content?: Record<string, Media> } | undefined) =>
          Object.values(body?.content ?? {}),
        )
        .filter((media) => media.example === undefined && media.examples === undefined)
        .map(() => operation.operationId),
    );
    expect(missing).toEqual([]);
  });

  it('has no example that a page would send unasked', () => {
    // Documentation pages fill in whatever example a parameter has: optional ones must stay empty.
    const parameters = [
      ...[...operationsOf(document)].flatMap(({ operation }) => operation.parameters ?? []),
      ...Object.values(document.components?.parameters ?? {}),
    ] as { in?: string; example?: unknown; name?: string }[];
    const filled = parameters.filter((each) => each.in !== 'path' && each.example !== undefined);
    expect(filled.map(({ name }) => name)).toEqual([]);
  });
});
