import type { RequestValues } from './request-values.ts';

/** A parameter's place: what stands there is known when a request is. */
export type Slot = (request: RequestValues) => unknown;

/** The place of `@request.data`: one parameter for all of it, or a column of the row that is checked. */
export const sent: unique symbol = Symbol('sent');

/** SQL with places for parameters, in the order of the text. */
export type Fragment = readonly (string | Slot | typeof sent)[];

type Part = string | Fragment | Slot | typeof sent;

/** Puts SQL together; texts stand as they are, so values must come as slots. */
export function sql(texts: TemplateStringsArray, ...parts: readonly Part[]): Fragment {
  const whole: Fragment[number][] = [];
  for (const [index, text] of texts.entries()) {
    if (text !== '') whole.push(text);
    const part = parts[index];
    if (part === undefined) continue;
    if (Array.isArray(part)) whole.push(...(part as Fragment));
    else whole.push(part as string | Slot);
  }
  return whole;
}

/** SQL with the values of one request, whoever puts it together with more. */
export const bound = (fragment: Fragment, request: RequestValues, sentText: string): Fragment =>
  fragment.flatMap((part): Fragment => {
    if (part === sent) return [() => sentText, '::jsonb'];
    return [typeof part === 'function' ? () => part(request) : part];
  });

/** A bound fragment as a text with numbered parameters, and those. */
export function numbered(fragment: Fragment): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  let text = '';
  for (const part of fragment) {
    if (typeof part === 'string') text += part;
    else if (part === sent) throw new TypeError('Sent data has to be bound before.');
    else text += `$${values.push(part(nobody))}`;
  }
  return { text, values };
}

/** Bound slots ask the request for nothing. */
const nobody: RequestValues = {
  auth: { id: '', email: '', role: '' },
  method: '',
  now: new Date(0),
};

/** Several, with a word between them. */
export function joined(fragments: readonly Fragment[], word: string): Fragment {
  const whole: Fragment[number][] = [];
  for (const fragment of fragments) {
    if (whole.length > 0) whole.push(word);
    whole.push(...fragment);
  }
  return whole;
}
