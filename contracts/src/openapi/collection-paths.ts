import type { CollectionDocument } from './collections.ts';
import type { Retype, Use } from './collection-types.ts';
import type { OpenApiDocument, Operation, Parameter, PathItem } from './types.ts';

const ofCollection = '/api/v1/collections/{collection}/';

/** Where the entries of a collection are: a singleton has one. */
const isWanted = (path: string, { type }: CollectionDocument): boolean => {
  const [first] = path.slice(ofCollection.length).split('/');
  return path.startsWith(ofCollection) && first === (type === 'singleton' ? 'entry' : 'entries');
};

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
    if (!isWanted(path, collection)) continue;
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
