import type { FieldTypeName } from '@cms/contracts';
import type { Field, FieldOf } from '../field.ts';
import type { Check } from '../issue.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;
export type SchemaMode = 'read' | 'create' | 'update';

/** How PostgreSQL compares a type's values; `none` where it can't. */
export type IndexKind = 'text' | 'code' | 'numeric' | 'boolean' | 'list' | 'none';

/** Compiles the fields inside a field; handed in, so that types do not import each other. */
export type CompileObject = (
  fields: readonly Field[],
) => (
  value: Readonly<Record<string, unknown>>,
  path: string,
  found: Parameters<Check>[2],
) => unknown;
export interface SchemaOf {
  readonly mode: SchemaMode;
  object(fields: readonly Field[], kind?: string): JsonSchema;
}

/** Everything that one type of field knows. */
export interface FieldType<T extends FieldTypeName> {
  /** Makes the check of a field's values that are not null; it gives them as they are stored. */
  check(field: FieldOf<T>, nested: CompileObject): Check;
  /** JSON Schema 2020-12 of the values that the check lets pass. */
  schema(field: FieldOf<T>, of: SchemaOf): JsonSchema;
  indexKind(field: FieldOf<T>): IndexKind;
}
