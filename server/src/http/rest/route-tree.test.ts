import { contracts, type Contract, type ContractTree, contractsOf, routesOf } from '@cms/contracts';
import { describe, expect, it } from 'vitest';
import { RouteTree } from './route-tree.ts';

const route = (path: string, method = 'GET') => ({ kind: 'query', method, path }) as Contract;
const tree = (routes: Record<string, Contract>) => new RouteTree(routes as ContractTree);
const nameAt = (routes: RouteTree, path: string) =>
  [...(routes.match(path)?.routes.values() ?? [])].map((each) => each.name);

describe('RouteTree', () => {
  it('finds every route of the contracts with its parameters', () => {
    const routes = new RouteTree(contracts);
    for (const [name, contract] of contractsOf(contracts))
      for (const { method, path } of routesOf(contract)) {
        const match = routes.match(path.replaceAll(/\{\w+\}/g, 'x%2Fy'));
        expect(match?.routes.get(method)?.name).toBe(name);
        expect(match?.values.every((value) => value === 'x/y')).toBe(true);
      }
  });

  it('prefers literals, and goes back to a parameter where a literal leads nowhere', () => {
    const routes = tree({
      one: route('/c/{id}'),
      bulk: route('/c/bulk'),
      deep: route('/c/{id}/x/y'),
      special: route('/c/bulk/x/z'),
    });
    expect(nameAt(routes, '/c/bulk')).toEqual(['bulk']);
    expect(nameAt(routes, '/c/other')).toEqual(['one']);
    expect(nameAt(routes, '/c/bulk/x/y')).toEqual(['deep']);
    expect(routes.match('/c/bulk/x/y')?.values).toEqual(['bulk']);
    expect(nameAt(routes, '/c/bulk/x/z')).toEqual(['special']);
  });

  it('decodes each parameter once and refuses escapes that are no UTF-8', () => {
    const routes = tree({ one: route('/c/{id}') });
    expect(routes.match('/c/a%252Fb')?.values).toEqual(['a%2Fb']);
    expect(() => routes.match('/c/%E0%A4%A')).toThrow(URIError);
  });

  it('takes a slash at the end, and nothing for an empty parameter', () => {
    const routes = tree({ one: route('/c/{id}') });
    expect(nameAt(routes, '/c/a/')).toEqual(['one']);
    expect(routes.match('/c/')).toBeUndefined();
    expect(routes.match('/c//')).toBeUndefined();
  });

  it('refuses two procedures on one route', () => {
    expect(() => tree({ one: route('/a'), two: route('/a') })).toThrow('twice');
  });
});
