import fc from 'fast-check';
import { type FilterCase, leaf } from './filter-case.ts';
import type { places } from './rules-data.ts';

type Place = (typeof places)[number];
const EARTH = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** By the spherical law of cosines: another formula than the one under test. */
const metres = (a: Place, b: Place) =>
  EARTH *
  Math.acos(
    Math.min(
      1,
      Math.sin(radians(a.lat)) * Math.sin(radians(b.lat)) +
        Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.cos(radians(a.lng - b.lng)),
    ),
  );

export const nearby: fc.Arbitrary<FilterCase> = fc
  .tuple(
    fc.constantFrom({ lat: 52.5, lng: 13 }, { lat: -17.8, lng: -179.9 }, { lat: 90, lng: 0 }),
    fc.constantFrom(1000, 50_000, 600_000, 5_000_000, 21_000_000),
  )
  .map(([from, within]) => {
    const list = [from.lat, from.lng, within];
    return leaf({
      path: 'place',
      operator: 'near',
      value: list,
      text: list.join(','),
      expression: undefined,
      holds: ({ data }) => {
        const place = data['place'] as Place | null | undefined;
        return place != null && metres(place, from) <= within;
      },
    });
  });
