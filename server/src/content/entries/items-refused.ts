import type { AppError } from '../../platform/errors/app-error.ts';

/**
 * Why items of a write are refused, by their position in it, each as if it had been sent alone.
 * Nothing was written. Whoever took the request says it in the request's own terms.
 */
export class ItemsRefused extends Error {
  readonly failures: ReadonlyMap<number, AppError>;

  constructor(failures: ReadonlyMap<number, AppError>) {
    super('Items of a write were refused.');
    this.name = 'ItemsRefused';
    this.failures = failures;
  }
}
