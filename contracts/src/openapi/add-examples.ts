import { deriveExample, explicitExample } from './derive-example.ts';
import type { JsonSchema, MediaType, OpenApiDocument, Operation, Parameter } from './types.ts';

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** Every operation of a document with its path. */
export function* operationsOf(
  document: OpenApiDocument,
): Generator<{ path: string; method: (typeof methods)[number]; operation: Operation }> {
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const method of methods) {
      const operation = item[method];
      if (operation) yield { path, method, operation };
    }
}

/** Gives every body, reply and path parameter an example where it can be told from the schemas. */
export function addExamples(document: OpenApiDocument): void {
  const components = (document.components?.schemas ?? {}) as Record<string, JsonSchema>;
  for (const { operation } of operationsOf(document)) {
    for (const parameter of (operation.parameters ?? []) as Parameter[])
      if (parameter.in === 'path') exemplifyParameter(parameter, components);
    const bodies = [operation.requestBody, ...Object.values(operation.responses ?? {})];
    for (const body of bodies as { content?: Record<string, MediaType> }[])
      for (const media of Object.values(body?.content ?? {})) exemplify(media, components);
  }
}

function exemplify(media: MediaType, components: Record<string, JsonSchema>): void {
  if (media.example !== undefined || media.examples !== undefined || !media.schema) return;
  const example = deriveExample(media.schema as JsonSchema, components);
  if (example !== undefined) media.example = example;
}

/** Only parameters that must be sent: documentation pages send every example they see. */
function exemplifyParameter(parameter: Parameter, components: Record<string, JsonSchema>): void {
  const schema = (parameter.schema ?? {}) as JsonSchema;
  parameter.example ??= explicitExample(schema) ?? deriveExample(schema, components);
}
