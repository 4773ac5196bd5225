import { type Check, refused } from '../issue.ts';
import type { FieldType } from './field-type.ts';
import { isObject } from './plain-object.ts';

const within = (value: unknown, limit: number): value is number =>
  typeof value === 'number' && Math.abs(value) <= limit;

export const geoPointType: FieldType<'geo_point'> = {
  check: (field): Check => {
    const name = field.label ?? field.name;
    return (value, path, found) => {
      const before = found.issues.length;
      const say = (at: string, text: string, code: 'type' | 'unknown_field' = 'type') =>
        found.add(at, code, field.message ?? `${name} ${text}`);
      if (!isObject(value)) {
        say(path, 'must be a place such as {"lat": 52.52, "lng": 13.4}.');
        return refused;
      }
      const lat = Object.hasOwn(value, 'lat') ? value['lat'] : undefined;
      const lng = Object.hasOwn(value, 'lng') ? value['lng'] : undefined;
      for (const key of Object.keys(value).slice(0, 20))
        if (key !== 'lat' && key !== 'lng')
          say(`${path}.${key.slice(0, 100)}`, 'has only lat and lng.', 'unknown_field');
      if (!within(lat, 90)) say(`${path}.lat`, 'needs a latitude from -90 to 90 as lat.');
      if (!within(lng, 180)) say(`${path}.lng`, 'needs a longitude from -180 to 180 as lng.');
      if (found.issues.length > before || !within(lat, 90) || !within(lng, 180)) return refused;
      return { lat: lat === 0 ? 0 : lat, lng: lng === 0 ? 0 : lng };
    };
  },
  schema: () => ({
    type: 'object',
    properties: {
      lat: { type: 'number', minimum: -90, maximum: 90 },
      lng: { type: 'number', minimum: -180, maximum: 180 },
    },
    required: ['lat', 'lng'],
    additionalProperties: false,
  }),
  indexKind: () => 'none',
};
