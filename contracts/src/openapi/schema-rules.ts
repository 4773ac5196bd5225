import type { CreateDocumentOptions } from 'zod-openapi';

/** How zod's JSON Schemas are made fit for a document that people read and generators use. */
export const schemaRules: CreateDocumentOptions = {
  allowEmptySchema: { any: true, unknown: true },
  override: ({ jsonSchema, zodSchema, io }) => {
    const schema = jsonSchema as Record<string, unknown>;
    const { def } = zodSchema._zod;
    // Replies may gain keys, and without this every schema would double: Entry and EntryOutput.
    if (io === 'output' && def.type === 'object' && !def.catchall)
      delete schema['additionalProperties'];
    // The format says it; the pattern of a time has two hundred characters.
    if (def.type === 'string' && 'format' in def && def.format === 'datetime')
      delete schema['pattern'];
    // JSON Schema's own word.
    if ('example' in schema) {
      schema['examples'] = [schema['example']];
      delete schema['example'];
    }
    // A whole number's bounds that only say what a double can hold.
    if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
    if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  },
};
