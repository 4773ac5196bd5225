import type { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiComponentsObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import type { ContractTree } from '../contract.ts';
import { addExamples } from './add-examples.ts';
import { addCollections, type CollectionDocument } from './collections.ts';
import { errorResponse, errorResponseName } from './error-responses.ts';
import { introduction } from './introduction.ts';
import { type NamedRoute, namedRoutes, typeNameOf } from './operation-ids.ts';
import { operationOf } from './operation.ts';
import { refusalsByStatus } from './refusals.ts';
import { bodySchema } from './request.ts';
import { schemaRules } from './schema-rules.ts';
import { headerParameters, headerRef, replyHeaders } from './shared-headers.ts';
import { tagDescriptions } from './tags.ts';
import type { OpenApiDocument } from './types.ts';

export interface DocumentOptions {
  /** Where the API is; relative to the document where not said. */
  readonly serverUrl?: string;
  readonly version: string;
  /** Collections whose exact types are added. */
  readonly collections?: readonly CollectionDocument[];
}

/** The OpenAPI 3.1 document of a contract tree as plain data. Pure: the same input, the same text. */
export function buildDocument(contracts: ContractTree, options: DocumentOptions): OpenApiDocument {
  const routes = namedRoutes(contracts);
  const { paths, bodies } = pathsOf(routes);
  const tags = [...new Set(routes.map(({ contract }) => contract.tag))];
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Headless CMS API',
        version: options.version,
        description: introduction,
        license: { name: 'MIT', identifier: 'MIT' },
        contact: { name: 'The maintainers' },
      },
      servers: [{ url: options.serverUrl ?? '/', description: 'This server' }],
      security: [{ bearer: [] }, { apiKey: [] }],
      tags: tags.map((name) => ({ name, description: tagDescriptions[name] ?? name })),
      paths,
      components: componentsOf(routes, bodies),
    },
    schemaRules,
  );
  addCollections(document, options.collections ?? []);
  addExamples(document);
  return document;
}

function pathsOf(routes: readonly NamedRoute[]) {
  const paths: ZodOpenApiPathsObject = {};
  const bodies: Record<string, z.ZodObject> = {};
  const byContract = new Map<NamedRoute['contract'], z.ZodObject>();
  for (const route of routes) {
    const { contract } = route;
    const body = byContract.get(contract) ?? bodySchema(contract);
    if (body && !byContract.has(contract)) {
      byContract.set(contract, body);
      bodies[`${typeNameOf(route.operationId)}Body`] = body;
    }
    paths[route.path] = {
      ...paths[route.path],
      [route.method.toLowerCase()]: operationOf(route, body),
    };
  }
  return { paths, bodies };
}

/** Shared parts, and only those in use. */
function componentsOf(
  routes: readonly NamedRoute[],
  schemas: Record<string, z.ZodObject>,
): ZodOpenApiComponentsObject {
  const responses: Record<string, ZodOpenApiResponseObject> = {};
  for (const { contract } of routes) {
    const family = contract.family ?? 'canonical';
    for (const status of refusalsByStatus(contract).keys())
      responses[errorResponseName(status, family)] ??= errorResponse(status, family);
  }
  responses['NotModified'] = {
    description: 'What you hold is still current',
    headers: { 'X-Request-Id': headerRef('RequestId'), ETag: headerRef('ETag') },
  };
  return {
    schemas,
    responses,
    parameters: headerParameters,
    headers: replyHeaders,
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        description: 'Authorization: Bearer <API key or access token>',
      },
      apiKey: {
        type: 'apiKey',
        in: 'header',
        name: 'x-api-key',
        description: 'x-api-key: <API key>',
      },
    },
  };
}
