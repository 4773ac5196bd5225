import { ExpressionError } from './expression-error.ts';
import { momentNames, momentUnits, type Moment, type RequestPath } from './tree.ts';

const shifted = new RegExp(`^(${momentUnits.join('|')})([+-]\\d{1,5})$`);
const name = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;
const ofAuth = ['id', 'email', 'role'];

/** Reads a token that begins with `@`. Throws an ExpressionError that lists what there is. */
export function parseMacro(text: string, at: number): Moment | RequestPath {
  const body = text.slice(1);
  const [root, ...path] = body.split('.');
  if (root === 'request') return requestPath(path, at);
  const known = momentNames.find((each) => each === body);
  if (known) return { kind: 'moment', name: known, amount: 0, at };
  const [, unit, amount] = shifted.exec(body) ?? [];
  const named = momentUnits.find((each) => each === unit);
  if (named) return { kind: 'moment', name: named, amount: Number(amount), at };
  throw new ExpressionError(
    at,
    `there is no "${text}"; expected @request.…, ${momentNames.map((each) => `@${each}`).join(', ')}, or a shift such as @day+7, @hour-2, @month-1.`,
  );
}

function requestPath(path: readonly string[], at: number): RequestPath {
  const [part, key = '', ...rest] = path;
  const known =
    (part === 'method' && path.length === 1) ||
    (part === 'auth' && ofAuth.includes(key) && rest.length === 0) ||
    (part === 'data' && name.test(key) && rest.length === 0);
  if (known) return { kind: 'request', path, at };
  throw new ExpressionError(
    at,
    'expected @request.auth.id, @request.auth.email, @request.auth.role, @request.method or @request.data.<field>.',
  );
}
