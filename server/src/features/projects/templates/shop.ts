import type { NewCollection } from './index.ts';

const currency = {
  name: 'currency',
  type: 'text',
  default: 'EUR',
  options: { pattern: '^[A-Z]{3}$' },
} as const;
const money = { type: 'number', options: { min: 0 } } as const;

const categories: NewCollection = {
  name: 'categories',
  label: 'Categories',
  fields: [
    { name: 'name', type: 'text', required: true, indexed: true, options: { max_length: 200 } },
    { name: 'slug', type: 'slug', unique: true, options: { from: 'name' } },
    {
      name: 'parent',
      type: 'relation',
      options: { collection: 'categories', on_delete: 'set_null' },
    },
  ],
};

const products: NewCollection = {
  name: 'products',
  label: 'Products',
  fields: [
    { name: 'name', type: 'text', required: true, indexed: true, options: { max_length: 200 } },
    { name: 'slug', type: 'slug', unique: true, options: { from: 'name' } },
    { name: 'sku', type: 'text', required: true, unique: true, options: { max_length: 64 } },
    { name: 'description', type: 'editor' },
    { name: 'price', required: true, indexed: true, ...money },
    currency,
    { name: 'stock', type: 'integer', default: 0, options: { min: 0 } },
    {
      name: 'categories',
      type: 'relation',
      options: { collection: 'categories', multiple: true, on_delete: 'set_null' },
    },
  ],
};

const customers: NewCollection = {
  name: 'customers',
  label: 'Customers',
  fields: [
    { name: 'name', type: 'text', required: true, options: { max_length: 200 } },
    { name: 'email', type: 'email', required: true, unique: true },
  ],
};

const orders: NewCollection = {
  name: 'orders',
  label: 'Orders',
  fields: [
    { name: 'number', type: 'text', required: true, unique: true, options: { max_length: 64 } },
    { name: 'customer', type: 'relation', required: true, options: { collection: 'customers' } },
    {
      name: 'state',
      type: 'select',
      indexed: true,
      default: 'new',
      options: { values: ['new', 'paid', 'shipped', 'cancelled'] },
    },
    { name: 'placed_at', type: 'datetime', indexed: true, default: 'now' },
    {
      name: 'items',
      type: 'component',
      options: {
        multiple: true,
        fields: [
          {
            name: 'product',
            type: 'relation',
            required: true,
            options: { collection: 'products' },
          },
          { name: 'quantity', type: 'integer', required: true, options: { min: 1 } },
          { name: 'unit_price', required: true, ...money },
        ],
      },
    },
    { name: 'total', ...money },
    currency,
  ],
};

/** Products in categories, and what customers order of them. */
export const shop: readonly NewCollection[] = [categories, products, customers, orders];
