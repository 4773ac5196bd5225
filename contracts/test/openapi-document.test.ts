import { describe, expect, it } from 'vitest';
import {
  answersOnce,
  contracts,
  pathParameters,
  permissionOf,
  ruleOf,
  statusIn,
} from '../src/index.ts';
import { buildDocument, namedRoutes, operationsOf, refusalsOf } from '../src/openapi/index.ts';
import { tagDescriptions } from '../src/openapi/tags.ts';

const document = buildDocument(contracts, { version: '1.0.0' });
const text = JSON.stringify(document);
const routes = namedRoutes(contracts);
const operations = [...operationsOf(document)];

/** What a reference points to; undefined where nothing is. */
const resolve = (ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);

describe('the document', () => {
  it('has every route of the contracts and nothing else', () => {
    const inContracts = routes.map(({ method, path }) => `${method} ${path}`);
    const inDocument = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(inDocument.toSorted()).toEqual(inContracts.toSorted());
  });

  it('names every operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z][a-zA-Z0-9_]+$/);
  });

  it('has no reference that points nowhere', () => {
    const refs = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref as string));
    expect([...refs].filter((ref) => !ref.startsWith('#/') || resolve(ref) === undefined)).toEqual(
      [],
    );
  });

  it('has no component that nothing uses', () => {
    const unused = Object.entries(document.components ?? {})
      .filter(([kind]) => kind !== 'securitySchemes')
      .flatMap(([kind, parts]) => Object.keys(parts).map((name) => `#/components/${kind}/${name}`))
      .filter((ref) => !text.includes(`"${ref}"`));
    expect(unused).toEqual([]);
  });

  it('explains every tag', () => {
    const tags = new Set(routes.map(({ contract }) => contract.tag));
    expect([...tags].filter((tag) => !tagDescriptions[tag])).toEqual([]);
    expect(document.tags?.map(({ name }) => name)).toEqual([...tags]);
  });

  it('is the same each time', () => {
    expect(JSON.stringify(buildDocument(contracts, { version: '1.0.0' }))).toBe(text);
  });

  it('spells examples of schemas as JSON Schema does', () => {
    const example = (part: unknown): boolean =>
      typeof part === 'object' &&
      part !== null &&
      ('example' in part || Object.values(part).some(example));
    expect(example(document.components?.schemas)).toBe(false);
  });
});

describe.each(routes)('$method $path', (route) => {
  const { contract } = route;
  const found = operations.find(
    (each) => each.path === route.path && each.method.toUpperCase() === route.method,
  );
  const operation = found?.operation ?? {};
  const responses = (operation.responses ?? {}) as Record<
    string,
    { $ref?: string; headers?: object; content?: object }
  >;
  const parameters = (operation.parameters ?? []) as {
    name?: string;
    in?: string;
    required?: boolean;
    $ref?: string;
  }[];
  const shared = parameters.flatMap(({ $ref }) => ($ref ? [$ref.split('/').at(-1)] : []));

  it('documents its success and every refusal with a body', () => {
    expect(Object.keys(responses)).toContain(String(contract.status));
    for (const code of refusalsOf(contract)) {
      const ref = responses[statusIn(contract.family ?? 'canonical', code)]?.$ref;
      expect(ref, code).toBeDefined();
      expect(resolve(ref as string)).toMatchObject({
        content: { 'application/json': {}, 'application/problem+json': {} },
        headers: { 'X-Request-Id': {} },
      });
    }
    for (const code of contract.errors) expect(operation['x-error-codes']).toContain(code);
  });

  it('says who may call', () => {
    const security = operation.security as object[];
    if (contract.access === 'public') expect(security).toEqual([]);
    else if ('signedIn' in contract.access) expect(security).toEqual([{ bearer: [] }]);
    else if ('perOperation' in contract.access)
      expect(security).toEqual([{ bearer: [] }, { apiKey: [] }, {}]);
    else {
      expect(security).toEqual([
        { bearer: [] },
        { apiKey: [] },
        ...(ruleOf(contract.access) ? [{}] : []),
      ]);
      expect(operation['x-permission']).toBe(permissionOf(contract.access));
    }
  });

  it('has its parameters, and all of the path required', () => {
    const inPath = parameters.filter((each) => each.in === 'path');
    expect(inPath.map(({ name }) => name).toSorted()).toEqual(
      pathParameters(route.path).toSorted(),
    );
    expect(inPath.every(({ required }) => required)).toBe(true);
    expect(shared.includes('IfMatch')).toBe('expected_version' in contract.input.shape);
    expect(shared.includes('IfNoneMatch')).toBe(contract.method === 'GET' && !contract.reply);
    expect(shared.includes('IdempotencyKey')).toBe(answersOnce(contract));
  });

  it('documents the headers of its success, and 304 where there is one', () => {
    const headers = Object.keys(responses[String(contract.status)]?.headers ?? {});
    expect(headers).toContain('X-Request-Id');
    expect(headers.includes('ETag')).toBe(
      contract.status !== 204 && !contract.secret && !contract.reply,
    );
    expect(headers.includes('Content-Disposition')).toBe(contract.reply !== undefined);
    expect(headers.includes('Location')).toBe(contract.location !== undefined);
    expect(headers.includes('Link')).toBe(contract.paged === true);
    expect('304' in responses).toBe(contract.method === 'GET' && !contract.reply);
  });
});
