import type { RequestValues } from './request-values.ts';

/** A parameter's place: what stands there is known when a request is. */
export type Slot = (request: RequestValues) => unknown;

/** The place of `@request.data`: one parameter for all of it, or a column of the row that is checked. */
export const sent: unique symbol = Symbol('sent');

/** SQL with places for parameters, in the order of the text. */
export type Fragment = readonly (string | Slot | typeof sent)[];

type Part = string | Fragment | Slot | typeof sent;

/** Puts SQL together; texts stand as they are, so values must come as slots. */
export const sql = (texts: TemplateStringsArray, ...parts: readonly Part[]): Fragment =>
  texts.flatMap((text, index) => {
    const part = parts[index];
    if (part === undefined) return [text];
    return [text, ...(Array.isArray(part) ? (part as Fragment) : [part as string | Slot])];
  });

/** SQL with the values of one request, whoever puts it together with more. */
export const bound = (fragment: Fragment, request: RequestValues, sentText: string): Fragment =>
  fragment.flatMap((part): Fragment => {
    if (part === sent) return [() => sentText, '::jsonb'];
    return [typeof part === 'function' ? () => part(request) : part];
  });

/** A bound fragment as a text with numbered parameters, and those. */
export function numbered(fragment: Fragment): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const texts = fragment.map((part) => {
    if (typeof part === 'string') return part;
    if (part === sent) throw new TypeError('Sent data has to be bound before.');
    values.push(part(nobody));
    return `$${values.length}`;
  });
  return { text: texts.join(''), values };
}

/** Bound slots ask the request for nothing. */
const nobody: RequestValues = {
  auth: { id: '', email: '', role: '' },
  method: '',
  now: new Date(0),
};

/** Several, with a word between them. */
export const joined = (fragments: readonly Fragment[], word: string): Fragment =>
  fragments.flatMap((fragment, index) => (index === 0 ? fragment : [word, ...fragment]));
