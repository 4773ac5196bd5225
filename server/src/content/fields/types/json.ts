import { refused } from '../issue.ts';
import { compileJsonSchema, mentions } from '../json-schema-compiler.ts';
import type { FieldType } from './field-type.ts';
import { jsonProblem } from './json-value.ts';

/** Words that would mean something else once the schema is part of a larger document. */
const placed = ['$ref', '$dynamicRef', '$id', '$anchor', '$dynamicAnchor', '$schema', '$defs'];

export const jsonType: FieldType<'json'> = {
  check: (field) => {
    const { schema } = field.options;
    const fits = schema && compileJsonSchema(schema);
    const name = field.label ?? field.name;
    return (value, path, found) => {
      const problem = jsonProblem(value, path);
      if (problem) {
        found.add(problem.path, problem.code, field.message ?? `${name} ${problem.says}`);
        return refused;
      }
      if (!fits || fits(value)) return value;
      const [first] = fits.errors ?? [];
      const at = (first?.instancePath ?? '')
        .replaceAll('/', '.')
        .replaceAll('~1', '/')
        .replaceAll('~0', '~');
      found.add(
        `${path}${at}`,
        'schema',
        field.message ?? `${name} does not fit its schema: ${first?.message ?? 'it differs'}.`,
      );
      return refused;
    };
  },
  schema: ({ required, options: { schema } }, { mode }) => {
    if (!schema || mode === 'read') return {};
    if (placed.some((word) => mentions(schema, word)))
      return { description: "Any JSON that fits the field's own schema" };
    // In a list of its own where null is added to it: what it says must not bind null too.
    return required ? schema : { anyOf: [schema] };
  },
  indexKind: () => 'none',
};
