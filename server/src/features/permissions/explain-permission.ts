import type { Explanation, Permission, RuleAction } from '@cms/contracts';
import type { Subject } from './subject.ts';

type Held = Explanation['permission'];

/** The permission that an action asks for. */
export const neededFor = (action: RuleAction): Permission =>
  action === 'list' || action === 'view' ? 'content:read' : 'content:write';

/** Whether a subject has what an action needs, and from where. */
export function explainPermission({ principal, sources }: Subject, action: RuleAction): Held {
  const needed = neededFor(action);
  const held = principal?.permissions ?? new Set();
  const all = held.has(needed);
  const own = !all && needed === 'content:write' && held.has('content:write_own');
  const wanted = own ? 'content:write_own' : needed;
  const by = sources.filter(({ permissions }) => permissions.has(wanted)).map(({ name }) => name);
  return { needed, held: all || own, own_only: own, by: [...new Set(by)] };
}

/** The same in words. */
export function permissionInWords(who: Subject['who'], permission: Held): string {
  const { needed, held, own_only: ownOnly, by } = permission;
  const [has, lacks] = who === 'You' ? ['have', 'lack'] : ['has', 'lacks'];
  if (!held) return `${who} ${lacks} the permission ${needed}.`;
  const from = by.length > 0 ? ` as ${by.join(', ')}` : '';
  const what = ownOnly ? 'of what was created by the same account alone' : 'of all entries';
  return needed === 'content:write'
    ? `${who} ${has} the permission ${needed}${from}, ${what}.`
    : `${who} ${has} the permission ${needed}${from}.`;
}
