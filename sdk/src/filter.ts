/** A value that a filter compares with. */
export type FilterValue = string | number | boolean | Date;

/** What a field may be asked; all that is given must hold. */
export interface FilterOperators {
  readonly eq?: FilterValue | null;
  readonly ne?: FilterValue | null;
  readonly gt?: FilterValue;
  readonly gte?: FilterValue;
  readonly lt?: FilterValue;
  readonly lte?: FilterValue;
  /** These three ignore case. */
  readonly contains?: string;
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly in?: readonly FilterValue[];
  readonly nin?: readonly FilterValue[];
  /** Whether there is a value at all. */
  readonly exists?: boolean;
  /** A list that holds the value, or any of the values. */
  readonly has?: FilterValue;
  readonly any?: readonly FilterValue[];
  /** Latitude, longitude, and metres around them. */
  readonly near?: readonly [lat: number, lng: number, metres: number];
}

type Asked = FilterValue | null | readonly FilterValue[] | FilterOperators;

/**
 * A filter: what fields equal (or are one of), or operators; an expression (`'price > 5 && live = true'`)
 * as text. System fields shadowed by a field of the same name are `sys.status`, `sys.created_at`, …;
 * dots lead through relations.
 */
export type Filter<Fields extends string = string> = string | FilterFields<Fields>;

export type FilterFields<Fields extends string = string> = {
  readonly [Name in Fields | SystemField | `${string}.${string}`]?: Asked;
} & {
  readonly _and?: readonly Filter<Fields>[];
  readonly _or?: readonly Filter<Fields>[];
  readonly _not?: Filter<Fields>;
};

type SystemField =
  | 'id'
  | 'status'
  | 'version'
  | 'created_at'
  | 'updated_at'
  | 'published_at'
  | 'created_by'
  | 'updated_by';

/** A filter as query strings can say it: null has no text of its own, but fields exist or do not. */
export function filterQuery(filter: Filter): string | Record<string, unknown> {
  if (typeof filter === 'string') return filter;
  return Object.fromEntries(
    Object.entries(filter).map(([name, asked]: [string, unknown]) => {
      if (name === '_not') return [name, filterQuery(asked as Filter)];
      if (name === '_and' || name === '_or')
        return [name, (asked as readonly Filter[]).map(filterQuery)];
      if (asked === null) return [name, { exists: false }];
      const { eq, ne } = asked as FilterOperators;
      if (eq !== null && ne !== null) return [name, asked];
      return [name, { ...(asked as FilterOperators), ...withoutNull(eq, ne) }];
    }),
  );
}

const withoutNull = (eq: FilterOperators['eq'], ne: FilterOperators['ne']) => ({
  ...(eq === null ? { eq: undefined, exists: false } : {}),
  ...(ne === null ? { ne: undefined, exists: true } : {}),
});
