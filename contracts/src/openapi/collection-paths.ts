import type { CollectionDocument } from './collections.ts';
import type { Retype, Use } from './collection-types.ts';
import type { OpenApiDocument, Operation, Parameter, PathItem } from './types.ts';

const ofCollection = '/api/v1/collections/{collection}/';

/** True for the canonical paths of a collection's entries, and of one of them. */
export const isOfEntries = (path: string): boolean =>
  `${path}/`.startsWith(`${ofCollection}entries/`);
/** The same for the one entry of a singleton. */
const isOfSingleton = (path: string): boolean => `${path}/`.startsWith(`${ofCollection}entry/`);

/** Adds the entry operations of one collection, made from the general ones. */
export function addCollectionPaths(
  document: OpenApiDocument,
  general: Readonly<Record<string, PathItem>>,
  collection: CollectionDocument,
  tag: string,
  retype: Retype,
): void {
  const paths = (document.paths ??= {});
  for (const [path, item] of Object.entries(general)) {
    if (!(collection.type === 'singleton' ? isOfSingleton : isOfEntries)(path)) continue;
    paths[path.replace('{collection}', collection.name)] = Object.fromEntries(
      Object.entries(item).map(([method, operation]) => [
        method,
        twinOf(operation as Operation, collection.name, tag, retype),
      ]),
    );
  }
}

function twinOf(operation: Operation, name: string, tag: string, retype: Retype): Operation {
  const use: Use = operation['x-rule'] === 'create' ? 'create' : 'update';
  const { requestBody, responses = {}, parameters = [] } = operation;
  return {
    ...operation,
    operationId: `${name}_${operation.operationId}`,
    tags: [tag],
    summary: `${operation.summary}: ${name}`,
    parameters: parameters.filter((each) => (each as Parameter).name !== 'collection'),
    ...(requestBody ? { requestBody: retype(requestBody, use) as typeof requestBody } : {}),
    responses: retype(responses, 'read') as typeof responses,
  };
}
