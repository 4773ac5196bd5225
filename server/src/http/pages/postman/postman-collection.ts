import { createHash } from 'node:crypto';
import type { ContractTree } from '@cms/contracts';
import { buildDocument, namedRoutes, type OpenApiDocument } from '@cms/contracts/openapi';
import { version } from '../../../platform/version.ts';
import { chainRequests } from './chain-requests.ts';
import type { Collection } from './collection-format.ts';
import { convertDocument } from './convert-document.ts';
import { fillParameters } from './fill-parameters.ts';
import type { Call } from './resource-variables.ts';

/**
 * Every operation as a Postman collection that runs as it is, from top to bottom, against any server:
 * only the variable `apiKey` is to be set. `baseUrl` is where the requests go.
 */
export async function postmanCollection(
  contracts: ContractTree,
  baseUrl: string,
): Promise<Collection> {
  const document = buildDocument(contracts, { version, serverUrl: baseUrl });
  const converted = await convertDocument(fillParameters(document));
  const names = chainRequests(converted.item, callsOf(contracts));
  return {
    ...converted,
    info: { ...converted.info, _postman_id: idOf(document) },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{apiKey}}', type: 'string' }] },
    variable: [
      { key: 'baseUrl', value: baseUrl },
      { key: 'apiKey', value: '' },
      ...names.toSorted().map((key) => ({ key, value: '' })),
    ],
  };
}

const callsOf = (contracts: ContractTree): Call[] =>
  namedRoutes(contracts).map(({ operationId, method, path, contract }) => ({
    operationId,
    method,
    path,
    status: contract.status,
    isPublic: contract.access === 'public',
  }));

/** An id in the form of a UUID that changes only with the document. */
function idOf(document: OpenApiDocument): string {
  const digest = createHash('sha256').update(JSON.stringify(document)).digest('hex');
  return digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}
