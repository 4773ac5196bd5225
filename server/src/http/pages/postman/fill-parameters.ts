import {
  deriveExample,
  type JsonSchema,
  type OpenApiDocument,
  operationsOf,
} from '@cms/contracts/openapi';

interface Parameter {
  readonly schema?: JsonSchema;
  example?: unknown;
}

/**
 * Gives every parameter an example, optional ones too: the converter would otherwise think of other
 * values each time. Optional ones are switched off in the collection.
 */
export function fillParameters(document: OpenApiDocument): OpenApiDocument {
  const filled = structuredClone(document);
  const schemas = (filled.components?.schemas ?? {}) as Record<string, JsonSchema>;
  const parameters = [
    ...Object.values(filled.components?.parameters ?? {}),
    ...[...operationsOf(filled)].flatMap(({ operation }) => operation.parameters ?? []),
  ] as Parameter[];
  for (const parameter of parameters)
    if (parameter.schema) parameter.example ??= deriveExample(parameter.schema, schemas);
  return filled;
}
