/** The fields of one collection as they are read, created and updated; `cms types` writes them. */
export interface CollectionTypes {
  /** An entry's data as the server gives it. */
  readonly read: object;
  /** What a new entry takes. */
  readonly create: object;
  /** What an update takes: all optional, null clears. */
  readonly update: object;
  /** The fields that lists can be sorted by. */
  readonly sort: string;
  /** Where its relations lead; without it, what is included is as it is stored. */
  readonly relations?: object;
  /** True for a collection that holds one entry. */
  readonly singleton: boolean;
}

/** The names of a collection's fields. */
export type FieldsOf<C extends CollectionTypes> = keyof C['read'] & string;

type Data = Record<string, unknown>;

/** A collection nothing is known about: plain records. */
export interface UntypedCollection {
  readonly read: Data;
  readonly create: Data;
  readonly update: Data;
  readonly sort: string;
  readonly singleton: boolean;
}

/** What `createClient()` without a type argument knows: any name, plain records. */
export interface UntypedCollections {
  readonly [name: string]: UntypedCollection;
}

/** An interface of collections, as `cms types` writes it. */
export type CollectionMap<C> = { readonly [K in keyof C]: CollectionTypes };

/** Names of the collections that hold one entry. */
export type SingletonNames<C extends CollectionMap<C>> = {
  [K in keyof C]: true extends C[K]['singleton'] ? K : never;
}[keyof C] &
  string;
