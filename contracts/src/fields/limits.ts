/** Fields at one level: of a collection, a component or one kind of block. */
export const MAX_FIELDS_PER_LEVEL = 200;
/** Levels of fields: a collection's own are the first. */
export const MAX_FIELD_DEPTH = 6;
/** Fields of a collection, nested ones included. */
export const MAX_FIELDS = 1000;
export const MAX_SELECT_VALUES = 200;
export const MAX_SELECT_VALUE_LENGTH = 200;
export const MAX_BLOCK_TYPES = 50;
/** Items of a relation, component or blocks field. */
export const MAX_LIST_ITEMS = 1000;
export const MAX_PATTERN_LENGTH = 500;
/** Characters of a JSON Schema, written as JSON. */
export const MAX_JSON_SCHEMA_LENGTH = 32_768;
/** Levels of a json value. */
export const MAX_JSON_DEPTH = 64;
/** A text field's own limit can't be set higher than this. */
export const MAX_TEXT_LENGTH = 4_194_304;
/** An index row of PostgreSQL can't hold more, with room for its other columns. */
export const MAX_INDEXED_BYTES = 2000;
/** Characters of an expression: of a filter, or of a rule. */
export const MAX_EXPRESSION_LENGTH = 2000;
export const MAX_EMAIL_LENGTH = 254;
export const MAX_URL_LENGTH = 2048;
export const MAX_SLUG_LENGTH = 255;
