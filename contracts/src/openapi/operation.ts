import type { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { answersOnce, type Contract, permissionOf, ruleOf, selfOf } from '../contract.ts';
import { errorResponseName } from './error-responses.ts';
import type { NamedRoute } from './operation-ids.ts';
import { refusalsByStatus, refusalsOf } from './refusals.ts';
import { headerRefs, mayBeCurrent, requestBody, requestParams } from './request.ts';
import { headerRef } from './shared-headers.ts';

/**
 * Either credential will do, but accounts are known by their tokens alone; where a collection's rule
 * may open the operation, or what it holds, none is needed.
 */
function securityOf({ access }: Contract): Record<string, string[]>[] {
  if (access === 'public') return [];
  if ('signedIn' in access) return [{ bearer: [] }];
  const isOpen = 'perOperation' in access || ruleOf(access) !== undefined;
  return [{ bearer: [] }, { apiKey: [] }, ...(isOpen ? [{}] : [])];
}

function successHeaders(contract: Contract) {
  return {
    'X-Request-Id': headerRef('RequestId'),
    ...(contract.status === 204 || contract.secret || contract.reply
      ? {}
      : { ETag: headerRef('ETag') }),
    ...(contract.reply ? { 'Content-Disposition': headerRef('ContentDisposition') } : {}),
    ...(contract.location ? { Location: headerRef('Location') } : {}),
    ...(contract.paged ? { Link: headerRef('Link') } : {}),
    ...(answersOnce(contract) ? { 'Idempotent-Replayed': headerRef('IdempotentReplayed') } : {}),
  };
}

/** A reply in JSON, or in each of the media types that it is sent in. */
const contentOf = <M>({ reply }: Contract, media: M): Record<string, M> =>
  Object.fromEntries(
    Object.values(reply ?? { json: 'application/json' }).map((type) => [type, media]),
  );

const phrases = {
  200: 'Done',
  201: 'Created',
  202: 'Begun; it goes on after the reply',
  204: 'Done; there is nothing to say',
} as const;

function responses(contract: Contract): ZodOpenApiResponsesObject {
  const family = contract.family ?? 'canonical';
  const example = contract.examples?.output;
  const { partial } = contract;
  // Only where the statuses are the same is the reply the one or the other.
  const own = partial && contract.status !== 200 ? partial.whole : contract.output;
  const media = { schema: own, ...(example === undefined ? {} : { example }) };
  const success = {
    description: contract.kind === 'query' ? 'Found' : phrases[contract.status],
    headers: successHeaders(contract),
    ...(contract.status === 204 ? {} : { content: contentOf(contract, media) }),
  };
  const refusals = [...refusalsByStatus(contract)].map(([status, codes]) => [
    String(status),
    {
      $ref: `#/components/responses/${errorResponseName(status, family)}`,
      description: codes.join(', '),
    },
  ]);
  return {
    ...(partial && contract.status !== 200
      ? {
          '200': {
            description: 'What could be done, with mode=partial',
            headers: successHeaders(contract),
            content: { 'application/json': { schema: partial.outcome } },
          },
        }
      : {}),
    [`${contract.status}`]: success,
    ...(mayBeCurrent(contract) ? { '304': { $ref: '#/components/responses/NotModified' } } : {}),
    ...Object.fromEntries(refusals),
  };
}

/** The operation object of a route; `body` is the component of its request body, if it has one. */
export function operationOf(
  route: NamedRoute,
  body: z.ZodObject | undefined,
): ZodOpenApiOperationObject {
  const { contract, operationId } = route;
  const { access } = contract;
  const [permission, rule, self] = [permissionOf(access), ruleOf(access), selfOf(access)];
  const { tag, summary, description } = contract;
  return {
    operationId,
    tags: [tag],
    summary,
    description,
    security: securityOf(contract),
    ...(permission ? { 'x-permission': permission } : {}),
    ...(rule ? { 'x-rule': rule } : {}),
    ...(self ? { 'x-self': self } : {}),
    'x-error-codes': refusalsOf(contract),
    requestParams: requestParams(contract),
    parameters: headerRefs(contract),
    ...(body ? { requestBody: requestBody(route, body) } : {}),
    responses: responses(contract),
  };
}
