import type { CollectionDocument, JsonSchema } from '../src/openapi/index.ts';

const properties: JsonSchema = {
  title: { type: 'string', minLength: 1, maxLength: 200 },
  slug: { type: ['string', 'null'], pattern: '^[a-z]+$' },
  tags: { type: ['array', 'null'], items: { enum: ['news', 'guide'] } },
  place: {
    type: ['object', 'null'],
    properties: { lat: { type: 'number' }, lng: { type: 'number' } },
    required: ['lat', 'lng'],
  },
  anything: {},
  // What a json field's own schema may hold.
  settings: { $schema: 'https://json-schema.org/draft/2020-12/schema', $ref: '#/$defs/own' },
};

/** A collection as a server would describe it. */
export const describedCollection = (
  name: string,
  type: CollectionDocument['type'] = 'content',
): CollectionDocument => ({
  name,
  label: `The ${name}`,
  type,
  read: { type: 'object', properties, required: Object.keys(properties) },
  create: { type: 'object', properties, required: ['title'], additionalProperties: false },
  update: { type: 'object', properties, additionalProperties: false },
});
