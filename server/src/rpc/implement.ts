import { type Contract, type ContractTree, isContract, type RouterOf } from '@cms/contracts';
import type { HandlersOf } from '../content/handlers.ts';
import { metered } from './metered.ts';
import { type AnyHandler, type Operation, operationOf } from './operation.ts';
import { procedureOf, t } from './procedure.ts';
import type { RequestContext } from './request-context.ts';

type HandlerTree = { readonly [name: string]: AnyHandler | HandlerTree };

/** The contracts at work, for both doors. */
export interface Implementation<T> {
  /** For tRPC. */
  readonly router: RouterOf<T, RequestContext>;
  /** For REST, and any door to come. */
  readonly operations: ReadonlyMap<Contract, Operation>;
}

/**
 * Puts handlers to contracts. That every contract has its handler, and no handler is without a
 * contract, is the compiler's to check (HandlersOf), which is what makes the one cast true.
 */
export function implement<T extends ContractTree>(
  contracts: T,
  handlers: HandlersOf<T>,
  options: { checkOutput: boolean; textLimit: number },
): Implementation<T> {
  const operations = new Map<Contract, Operation>();
  const build = (node: Contract | ContractTree, branch: AnyHandler | HandlerTree): unknown => {
    if (isContract(node)) {
      const operation = metered(node, operationOf(node, branch as AnyHandler, options.checkOutput));
      operations.set(node, operation);
      return procedureOf(node, operation, options.textLimit);
    }
    const entries = Object.entries(node).map(([name, child]) => {
      const own = (branch as HandlerTree)[name];
      if (!own) throw new Error(`There is no handler for ${name}`);
      return [name, build(child, own)] as const;
    });
    return t.router(Object.fromEntries(entries) as never);
  };
  const router = build(contracts, handlers as unknown as HandlerTree);
  return { router: router as RouterOf<T, RequestContext>, operations };
}
