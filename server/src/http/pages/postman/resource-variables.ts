/** An operation as the chain needs it. */
export interface Call {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly isPublic: boolean;
}

/** Path parameters that name something another path creates, or something made for the run. */
const elsewhere: readonly (readonly [RegExp, string, string])[] = [
  [/^\/api\/models\/\{modelKey\}/, 'modelKey', 'collection'],
  [/^\/api\/v1\/collections\/\{collection\}\/entry(\/|$)/, 'collection', 'singleton'],
  // The project that the run is in.
  [/^\/v1\/projects\/\{id\}\/(members|invitations|roles)(\/|$)/, 'id', 'project'],
];

/**
 * The variables of the chain: each resource that is created by a POST has one, named by its path, which
 * the creating request fills and the others of the resource use.
 */
export class ResourceVariables {
  readonly #calls: readonly Call[];

  constructor(calls: readonly Call[]) {
    this.#calls = calls;
  }

  /** The variable that a creating call fills with the new id; undefined for other calls. */
  filledBy({ method, path, status }: Call): string | undefined {
    if (method !== 'POST' || status !== 201) return undefined;
    const items = new RegExp(`^${escape(path)}/\\{(\\w+)\\}$`);
    const parameter = this.#calls.map((call) => items.exec(call.path)?.[1]).find(Boolean);
    if (parameter === undefined) return undefined;
    return parameter === 'id' ? nameOf(path) : parameter;
  }

  /** The variable for a parameter of a call's path. */
  usedBy(path: string, parameter: string): string {
    const other = elsewhere.find(([pattern, name]) => name === parameter && pattern.test(path));
    if (other) return other[2];
    const parent = path.slice(0, path.indexOf(`/{${parameter}}`));
    return parameter === 'id' ? nameOf(parent) : parameter;
  }
}

const escape = (text: string): string => text.replaceAll(/[{}.]/g, '\\$&');

/** `/api/v1/collections/{collection}/entries` as `entries_id`; other families keep their first word. */
const nameOf = (path: string): string =>
  `${path
    .replace(/^\/api\/v1\/(collections\/\{collection\}\/)?/, '')
    .replace(/^\/(api\/)?/, '')
    .replaceAll(/\{\w+\}\/?/g, '')
    .replaceAll(/[^a-zA-Z0-9]+/g, '_')}_id`;
