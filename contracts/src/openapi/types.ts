import type { oas31 } from 'zod-openapi';

export type OpenApiDocument = oas31.OpenAPIObject;
export type Operation = oas31.OperationObject;
export type PathItem = oas31.PathItemObject;
export type Schema = oas31.SchemaObject;
export type MediaType = oas31.MediaTypeObject;
export type Parameter = oas31.ParameterObject;

/** A JSON Schema of draft 2020-12, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;
