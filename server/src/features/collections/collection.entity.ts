import type { CollectionOptions, Rules } from '@cms/contracts';
import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { z } from 'zod';
import type { Field } from '../../content/fields/field.ts';
import { moment, projectFilter, tenantKeys } from '../../platform/db/tenant.ts';

/** A collection's definition; its entries are in the partition that `storage` names. */
export const CollectionEntity = defineEntity({
  name: 'Collection',
  tableName: 'collections',
  filters: projectFilter,
  properties: {
    ...tenantKeys(),
    name: p.string().columnType('text'),
    label: p.string().columnType('text').nullable(),
    type: p.string().columnType('text'),
    status: p.string().columnType('text'),
    default_status: p.string().columnType('text'),
    fields: p.json<Field[]>(),
    /** Every storage key ever used, dropped fields' too: none is used twice. */
    used_keys: p.json<string[]>(),
    options: p.json<z.infer<typeof CollectionOptions>>(),
    rules: p.json<z.infer<typeof Rules>>(),
    revision: p.integer(),
    /** Name of the partition of entry_states. */
    storage: p.string().columnType('text'),
    created_at: moment(),
    updated_at: moment(),
  },
  indexes: [
    {
      name: 'collections_name',
      expression: 'create unique index collections_name on collections (lower(name), project_id)',
    },
  ],
});
export type CollectionRow = InferEntity<typeof CollectionEntity>;
