import type { OpenApiDocument } from './types.ts';

const prefix = '#/components/schemas/';

/** Drops the schemas that nothing in the document leads to. */
export function pruneSchemas(document: OpenApiDocument): void {
  const { components = {}, paths } = document;
  const schemas = components.schemas ?? {};
  const used = new Set<string>();
  const follow = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    const { $ref: ref } = part as { $ref?: unknown };
    if (typeof ref === 'string' && ref.startsWith(prefix)) {
      const name = ref.slice(prefix.length);
      if (used.has(name)) return;
      used.add(name);
      follow(schemas[name]);
    }
    for (const value of Object.values(part)) follow(value);
  };
  follow([paths, { ...components, schemas: undefined }]);
  for (const name of Object.keys(schemas)) if (!used.has(name)) delete schemas[name];
}
