import { type Contract, type ContractTree, isContract, type RouterOf } from '@cms/contracts';
import { type AnyHandler, procedureOf, t } from './procedure.ts';
import type { HandlersOf } from '../content/handlers.ts';
import type { RequestContext } from './request-context.ts';

type HandlerTree = { readonly [name: string]: AnyHandler | HandlerTree };

/**
 * The tRPC router of a contract tree. That every contract has its handler, and no handler is without
 * a contract, is the compiler's to check (HandlersOf), which is what makes the one cast true.
 */
export function implement<T extends ContractTree>(
  contracts: T,
  handlers: HandlersOf<T>,
  options: { checkOutput: boolean },
): RouterOf<T, RequestContext> {
  const build = (tree: ContractTree, branch: HandlerTree): unknown =>
    t.router(
      Object.fromEntries(
        Object.entries(tree).map(([name, node]: [string, Contract | ContractTree]) => [
          name,
          isContract(node)
            ? procedureOf(node, branch[name] as AnyHandler, options.checkOutput)
            : build(node, branch[name] as HandlerTree),
        ]),
      ) as never,
    );
  return build(contracts, handlers as unknown as HandlerTree) as RouterOf<T, RequestContext>;
}
