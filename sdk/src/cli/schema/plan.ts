import type { LiveCollection } from '../all-collections.ts';
import type { NormalCollection } from './normal-collection.ts';
import type { NormalField } from './normal-field.ts';

/** What happens to one field. `loses` is true where values may be lost. */
export interface FieldChange {
  readonly kind: 'add' | 'drop' | 'rename' | 'change' | 'move';
  readonly name: string;
  /** What changes, in words. */
  readonly detail: string;
  readonly loses: boolean;
}

export interface Creation {
  readonly collection: NormalCollection;
}

export interface Alteration {
  readonly name: string;
  /** Its version, so that a change that somebody else makes meanwhile is not overwritten. */
  readonly revision: number;
  readonly settings: readonly string[];
  readonly fields: readonly FieldChange[];
  readonly collection: NormalCollection;
}

/** Everything that makes the server's collections those of the file. */
export interface Plan {
  readonly create: readonly Creation[];
  readonly alter: readonly Alteration[];
  readonly drop: readonly LiveCollection[];
  /** On the server, not in the file, and left alone. */
  readonly kept: readonly string[];
}

export const isEmpty = ({ create, alter, drop }: Plan): boolean =>
  create.length + alter.length + drop.length === 0;

/** Names of the collections that fields refer to, those within components and blocks too. */
export const targetsOf = (fields: readonly NormalField[]): string[] =>
  fields.flatMap(({ options = {} }) => [
    ...(options.collection === undefined ? [] : [options.collection]),
    ...targetsOf(options.fields ?? []),
    ...Object.values(options.blocks ?? {}).flatMap((inner) => targetsOf(inner)),
  ]);
