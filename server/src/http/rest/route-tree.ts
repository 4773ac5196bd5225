import {
  type Contract,
  contractsOf,
  type ContractTree,
  type Method,
  routesOf,
} from '@cms/contracts';

/** A procedure as REST reaches it. */
export interface RestRoute {
  readonly contract: Contract;
  /** Dotted name of the procedure. */
  readonly name: string;
  readonly method: Method;
  /** Names of the path's parameters in order. */
  readonly parameters: readonly string[];
}

export interface Match {
  readonly routes: ReadonlyMap<Method, RestRoute>;
  /** Decoded values of the path's parameters in order. */
  readonly values: readonly string[];
}

interface Node {
  readonly literals: Map<string, Node>;
  parameter?: Node;
  readonly routes: Map<Method, RestRoute>;
}

const newNode = (): Node => ({ literals: new Map(), routes: new Map() });

/**
 * All routes as a tree of path segments: finding one costs a look-up per segment, however many
 * routes there are. Literal segments win over parameters.
 */
export class RouteTree {
  readonly #root = newNode();

  constructor(contracts: ContractTree) {
    for (const [name, contract] of contractsOf(contracts))
      for (const route of routesOf(contract)) this.#add(name, contract, route.method, route.path);
  }

  #add(name: string, contract: Contract, method: Method, path: string): void {
    const parameters: string[] = [];
    let node = this.#root;
    for (const segment of path.slice(1).split('/')) {
      if (segment.startsWith('{')) {
        parameters.push(segment.slice(1, -1));
        node = node.parameter ??= newNode();
      } else {
        const next = node.literals.get(segment) ?? newNode();
        node.literals.set(segment, next);
        node = next;
      }
    }
    if (node.routes.has(method)) throw new Error(`${method} ${path} is in the contracts twice`);
    node.routes.set(method, { contract, name, method, parameters });
  }

  /** What is at a path, with its parameters decoded; undefined where nothing is. Throws URIError. */
  match(pathname: string): Match | undefined {
    const path = pathname.endsWith('/') ? pathname.slice(1, -1) : pathname.slice(1);
    const values: string[] = [];
    const node = find(this.#root, path.split('/'), 0, values);
    return node && { routes: node.routes, values: values.map(decodeURIComponent) };
  }
}

function find(node: Node, segments: string[], depth: number, values: string[]): Node | undefined {
  if (depth === segments.length) return node.routes.size > 0 ? node : undefined;
  const segment = segments[depth] as string;
  const literal = node.literals.get(segment);
  const found = literal && find(literal, segments, depth + 1, values);
  if (found || !node.parameter || segment === '') return found;
  values.push(segment);
  const behind = find(node.parameter, segments, depth + 1, values);
  if (!behind) values.pop();
  return behind;
}
