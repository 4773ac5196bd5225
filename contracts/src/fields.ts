export { Field, FieldDefinition, SchemaField } from './fields/definition.ts';
export * from './fields/limits.ts';
export { isReservedFieldName, reservedBlockFieldName, reservedFieldNames } from './fields/names.ts';
export {
  canonicalType,
  fieldTypeAliases,
  fieldTypes,
  type AnyOptions,
  type FieldTypeAlias,
  type FieldTypeName,
  type ValidationWords,
} from './fields/types.ts';
export * from './fields/value-patterns.ts';
