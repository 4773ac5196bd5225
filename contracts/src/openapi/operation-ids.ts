import {
  type Contract,
  contractsOf,
  type ContractTree,
  type Route,
  routesOf,
} from '../contract.ts';

/** A route of a contract with the name that the document gives it. */
export interface NamedRoute extends Route {
  readonly operationId: string;
  readonly contract: Contract;
}

/**
 * Every REST route of the contracts with a unique operationId: the dotted name with underscores
 * (`entries_create`); further routes add their method (`entries_update_put`) or, where that would
 * not tell them apart, their path, or both.
 */
export function namedRoutes(contracts: ContractTree): NamedRoute[] {
  const taken = new Set<string>();
  return [...contractsOf(contracts)].flatMap(([name, contract]) => {
    const base = name.replaceAll('.', '_');
    return routesOf(contract).map((route, index) => {
      const operationId = index === 0 ? base : idOfFurther(base, contract, route, taken);
      taken.add(operationId);
      return { ...route, operationId, contract };
    });
  });
}

function idOfFurther(base: string, contract: Contract, route: Route, taken: Set<string>): string {
  const byMethod = `${base}_${route.method.toLowerCase()}`;
  if (route.method !== contract.method && !taken.has(byMethod)) return byMethod;
  const words = route.path.replaceAll(/[^a-zA-Z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
  const byPath = `${base}_${words}`;
  return taken.has(byPath) ? `${byMethod}_${words}` : byPath;
}

/** `entries_createMany` as the name of a type: `EntriesCreateMany`. */
export const typeNameOf = (operationId: string): string =>
  operationId
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
