import { defineEntity, p } from '@mikro-orm/core';

/** A secret that all servers of one database share; it is made when the first of them starts. */
export const InstanceSecretEntity = defineEntity({
  name: 'InstanceSecret',
  tableName: 'instance_secrets',
  properties: {
    name: p.string().columnType('text').primary(),
    value: p.string().columnType('text'),
  },
});
