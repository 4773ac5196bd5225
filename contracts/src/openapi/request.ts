import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiParameters } from 'zod-openapi';
import { answersOnce, type Contract, placeOf, type Place, takesBody } from '../contract.ts';
import type { NamedRoute } from './operation-ids.ts';
import { parameterRef } from './shared-headers.ts';

type Shape = Record<string, z.ZodType>;

/** The keys of a contract's input that travel in one place. */
export function shapeAt(contract: Contract, place: Place): Shape {
  const shape = contract.input.shape as Shape;
  return Object.fromEntries(
    Object.entries(shape).filter(([key]) => placeOf(contract, key) === place),
  );
}

const isEmpty = (shape: Shape): boolean => Object.keys(shape).length === 0;

/** Path and query parameters. */
export function requestParams(contract: Contract): ZodOpenApiParameters {
  const path = shapeAt(contract, 'path');
  const query = shapeAt(contract, 'query');
  const shape = contract.input.shape as Shape;
  for (const key of contract.anywhere ?? []) query[key] = shape[key] as z.ZodType;
  return {
    ...(isEmpty(path) ? {} : { path: z.object(path) }),
    ...(isEmpty(query) ? {} : { query: z.object(query) }),
  };
}

/** True where the caller may hold the reply already: what is sent as it is made has no ETag. */
export const mayBeCurrent = ({ method, reply }: Contract): boolean => method === 'GET' && !reply;

/** Header parameters that the operation reads. */
export function headerRefs(contract: Contract) {
  return [
    ...('expected_version' in contract.input.shape ? [parameterRef('IfMatch')] : []),
    ...(mayBeCurrent(contract) ? [parameterRef('IfNoneMatch')] : []),
    ...(answersOnce(contract) ? [parameterRef('IdempotencyKey')] : []),
    parameterRef('ProjectId'),
    parameterRef('RequestId'),
  ];
}

/** The fields themselves, without an envelope: `data` is the envelope's, and no field's name. */
const BareFields = z.record(z.string(), z.unknown()).meta({
  id: 'BareFields',
  description: "The fields' values themselves, without an envelope (so no data)",
  not: { required: ['data'], properties: { data: {} } },
  example: { title: 'New Post' },
});

/** The body's schema as its own component; undefined where there is no body. */
export function bodySchema(contract: Contract): z.ZodObject | undefined {
  const shape = shapeAt(contract, 'body');
  if (!takesBody(contract) || isEmpty(shape)) return undefined;
  const { data } = shape;
  // Without a data object a body is read as the fields, so the envelope always has one.
  if (contract.body === 'data-or-bare' && data instanceof z.ZodOptional)
    shape['data'] = data.unwrap() as z.ZodType;
  return z.strictObject(shape).meta({ ...contract.input.meta() });
}

/** What the request carries: the component of its body, or beside it the bare fields. */
export function requestBody(
  { contract, method }: NamedRoute,
  component: z.ZodObject,
): NonNullable<ZodOpenApiOperationObject['requestBody']> {
  const schema = contract.body === 'data-or-bare' ? z.union([component, BareFields]) : component;
  const example = contract.examples?.body;
  const media = { schema, ...(example === undefined ? {} : { example }) };
  return {
    // No body is read as one without keys.
    required: !z.object(shapeAt(contract, 'body')).safeParse({}).success,
    content: {
      'application/json': media,
      ...files(contract),
      ...(method === 'PATCH' ? { 'application/merge-patch+json': media } : {}),
    },
  };
}

const bytes = { type: 'string', format: 'binary' } as const;

/** A body that is a file: as a part of a form, or the bytes alone. */
const files = ({ upload }: Contract) =>
  upload
    ? {
        'multipart/form-data': {
          schema: { type: 'object', properties: { file: bytes }, required: ['file'] } as const,
        },
        ...Object.fromEntries(Object.values(upload).map((type) => [type, { schema: bytes }])),
      }
    : {};
