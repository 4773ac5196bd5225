import { type Contract, placeOf, takesBody } from '@cms/contracts';
import type { Request } from 'express';
import { AppError } from '../../platform/errors/app-error.ts';
import { parseQuery } from './parse-query.ts';
import { textTyper } from './type-text.ts';

type Values = Record<string, unknown>;
export type ReadInput = (req: Request, search: string, path: Values, body: unknown) => Values;

/** Compiles how a request becomes the input of a contract's procedure. */
export function inputReader(contract: Contract): ReadInput {
  const typeText = textTyper(contract.input);
  const bodied = takesBody(contract);
  const versioned = Object.hasOwn(contract.input.shape, 'expected_version');
  const needsBody = Object.entries(contract.input.shape).some(
    ([key, schema]) => placeOf(contract, key) === 'body' && !schema.safeParse(undefined).success,
  );
  return (req, search, path, body) => {
    const query = withBareFilters(contract, parseQuery(search));
    const text: Values = { ...query, ...path };
    typeText(text);
    if (needsBody && body === undefined) throw noObject();
    const input = bodied ? { ...text, ...fieldsOf(contract, body) } : text;
    const version = versioned ? ifMatch(req) : undefined;
    if (version !== undefined) input['expected_version'] = version;
    return input;
  };
}

/** The query with names that are no parameters in its filter; throws where the contract knows no filter. */
function withBareFilters(contract: Contract, query: Values): Values {
  const bare = Object.entries(query).filter(([key]) => !isParameter(contract, key));
  const [first] = bare;
  if (!first) return query;
  if (!contract.filters) throw unknownParameter(contract, first[0]);
  const { filter, ...rest } = query;
  const own = Object.fromEntries(bare);
  for (const [key] of bare) delete rest[key];
  return { ...rest, filter: filter === undefined ? own : { _and: [filter, own] } };
}

const isParameter = (contract: Contract, key: string): boolean =>
  Object.hasOwn(contract.input.shape, key) && placeOf(contract, key) === 'query';

function unknownParameter(contract: Contract, key: string): AppError {
  const known = Object.keys(contract.input.shape).filter((each) => isParameter(contract, each));
  const message = `There is no query parameter "${key}" here; ${known.length > 0 ? `there is ${known.join(', ')}` : 'there are none'}.`;
  return new AppError('INVALID_INPUT', message, {
    details: [{ field: key, message, code: 'unknown_parameter' }],
  });
}

/** The body's keys as input keys. What travels in the path, query or a header is not taken from it. */
function fieldsOf(contract: Contract, body: unknown): Values {
  if (body === undefined) return {};
  if (!isObject(body)) throw noObject();
  if (contract.body === 'data-or-bare' && !isObject(body['data'])) return { data: body };
  const misplaced = Object.keys(body).filter(
    (key) => Object.hasOwn(contract.input.shape, key) && placeOf(contract, key) !== 'body',
  );
  if (misplaced.length === 0) return body;
  throw new AppError('VALIDATION_ERROR', undefined, {
    details: misplaced.map((key) => ({
      field: key,
      message: `"${key}" does not belong into the body.`,
      code: 'unknown_field',
    })),
  });
}

const noObject = () =>
  new AppError('VALIDATION_ERROR', 'Send a JSON object as the body.', {
    details: [{ field: '', message: 'Expected an object.', code: 'type' }],
  });

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The version in If-Match; the ETags of versioned resources begin with it. Anything else matches
 * nothing, which PRECONDITION_FAILED says.
 */
function ifMatch(req: Request): number | undefined {
  const header = req.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^(?:W\/)?"?(\d{1,9})(?:\.[^"]*)?"?$/.exec(header)?.[1];
  if (version === undefined) throw new AppError('PRECONDITION_FAILED');
  return Number(version);
}
