import type { CollectionTypes } from './collection-types.ts';
import type { Entry } from './entry-types.ts';

/** The first step of a path. */
type Head<P extends string> = P extends `${infer First}.${string}` ? First : P;

/** What follows a first step. */
type Tail<P extends string, First extends string> = P extends `${First}.${infer Rest}`
  ? Rest
  : never;

/** The paths that an `include` names, in either of its forms. */
type IncludedPaths<I> = I extends readonly (infer P extends string)[] ? P : keyof I & string;

/** The fields that the options of an `include` choose, as paths. */
type ChosenInside<I> = I extends readonly unknown[]
  ? never
  : {
      [P in keyof I & string]: I[P] extends { readonly fields: readonly (infer F extends string)[] }
        ? `${P}.${F}`
        : never;
    }[keyof I & string];

/** Those of the paths that are names. */
type Names<P extends string> = P extends `${string}.${string}` ? never : P;

type RelationOf<C, Name> = C extends { readonly relations: infer R }
  ? Name extends keyof R
    ? R[Name]
    : never
  : never;

/** An included entry, as it is shown in the place of its id. */
type Inner<
  Target,
  All,
  First extends string,
  Included extends string,
  Chosen extends string,
  Inside extends string,
> = Target extends keyof All
  ? All[Target] extends CollectionTypes
    ? Entry<
        Shown<
          All[Target],
          All,
          Tail<Included, First>,
          Tail<Chosen, First> | Names<Tail<Inside, First>>,
          Tail<Inside, First>
        >
      >
    : never
  : never;

/** What is in a relation's place: an id stays where its entry is not to be had. */
type InPlace<Relation, Entry> = Relation extends { readonly many: true }
  ? (Entry | string)[]
  : Entry | string;

type Value<
  C extends CollectionTypes,
  All,
  K,
  P extends string,
  F extends string,
  G extends string,
> =
  K extends Head<P>
    ? RelationOf<C, K> extends { readonly to: infer Target }
      ?
          | InPlace<RelationOf<C, K>, Inner<Target, All, K, P, F, G>>
          | Extract<C['read'][K & keyof C['read']], null | undefined>
      : C['read'][K & keyof C['read']]
    : C['read'][K & keyof C['read']];

/**
 * The data of an entry as a view shows it: `P` are the included paths, `F` the fields that are chosen (none is
 * all of them), `G` those that the options of includes choose. What is not known while compiling is as it is stored.
 */
export type Shown<
  C extends CollectionTypes,
  All,
  P extends string,
  F extends string,
  G extends string = never,
> = string extends keyof C['read'] | P
  ? C['read']
  : [P | F] extends [never]
    ? C['read']
    : {
        [
          K in keyof C['read'] as [F] extends [never] ? K : K extends Head<F | P> ? K : never
        ]: Value<C, All, K, P, F, G>;
      } & Pointing<All, P, F, G>;

/** The same by what a call says: an `include` and names of fields. */
export type Seen<C extends CollectionTypes, All, I, F extends string> = Shown<
  C,
  All,
  IncludedPaths<I>,
  F,
  ChosenInside<I>
>;

/** The entries that point here, by the names that they are included by. */
type Pointing<All, P extends string, F extends string, G extends string> = {
  [K in Head<P> & `${string}_via_${string}`]: K extends `${infer From}_via_${string}`
    ? Inner<From, All, K, P, F, G>[]
    : never;
};
