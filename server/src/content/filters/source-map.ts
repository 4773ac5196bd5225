import type { ExpressionError } from '../expressions/index.ts';
import type { AppError } from '../../platform/errors/app-error.ts';
import { badFilter } from './filter-error.ts';

interface Region {
  readonly start: number;
  readonly key: string;
  /** True for an expression, whose mistakes have a character of their own. */
  readonly expression: boolean;
}

/**
 * Where the parts of a filter came from. A tree knows each of its parts by one number, the offset in a
 * text; a filter of many keys is as if they stood one behind the other.
 */
export class SourceMap {
  readonly #regions: Region[] = [];
  #end = 0;

  /** The offset of a new part of some length. */
  add(key: string, length: number, expression: boolean): number {
    const start = this.#end;
    this.#regions.push({ start, key, expression });
    this.#end += length + 1;
    return start;
  }

  /** The refusal for a mistake that was found at an offset. */
  refusal({ position, message }: ExpressionError): AppError {
    const region = this.#regions.findLast(({ start }) => start <= position);
    const { start, key, expression } = region ?? { start: 0, key: 'filter', expression: false };
    const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
    if (!expression) return badFilter(key, sentence);
    return badFilter(key, `At character ${position - start + 1}: ${message}`, 'expression');
  }
}
