import type { contracts, ProjectTemplate } from '@cms/contracts';
import type { z } from 'zod';
import { blog } from './blog.ts';
import { docs } from './docs.ts';
import { shop } from './shop.ts';

/** A collection as it is created. */
export type NewCollection = z.output<typeof contracts.collections.create.input>;

/** The collections that each template makes, in an order in which relations find their targets. */
export const templates: Readonly<Record<ProjectTemplate, readonly NewCollection[]>> = {
  blank: [],
  blog,
  docs,
  shop,
};
