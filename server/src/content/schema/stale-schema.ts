/**
 * A write met a collection that has changed since it was read: nothing was written, and the whole
 * operation is to be done again with the collection as it is now.
 */
export class StaleSchemaError extends Error {
  constructor() {
    super('The collection changed while it was written to.');
    this.name = 'StaleSchemaError';
  }
}
