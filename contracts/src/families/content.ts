import { z } from 'zod';
import { Timestamp } from '../primitives.ts';

/** What document S1 sends beside the data; a resource without locales and versions takes it as said. */
export const ContentMeta = z
  .strictObject({
    locale: z.string().max(35).optional().meta({ example: 'en' }),
    version: z.string().max(35).optional().meta({ example: '1.0' }),
  })
  .optional()
  .meta({ description: 'As document S1 sends it' });

const timestamp = Timestamp.meta({ description: 'When the reply was made' });

/** A resource as document S1 shows it: what it is beside what it is made of. */
export const contentResource = <Type extends string, A extends z.ZodType>(
  type: Type,
  id: z.ZodType<string>,
  attributes: A,
) => z.object({ id, type: z.literal(type), attributes });

/** One resource in the envelope of document S1. */
export const contentOf = <R extends z.ZodType>(resource: R) =>
  z.object({ data: resource, meta: z.object({ timestamp }) });

/** A page of resources in the envelope of document S1. */
export const contentPageOf = <R extends z.ZodType>(resource: R) =>
  z.object({
    data: z.array(resource),
    meta: z.object({
      timestamp,
      total: z.int().meta({ example: 1 }),
      page: z.int().meta({ example: 1 }),
      per_page: z.int().meta({ example: 30 }),
      total_pages: z.int().meta({ example: 1 }),
    }),
  });
