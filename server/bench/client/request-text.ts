import type { BenchRequest } from '../scenarios/index.ts';
import type { Target } from '../targets/target.ts';

/** Compiles how requests are spelt for a target: everything that is the same for all is made once. */
export function requestText({ port, headers }: Pick<Target, 'port' | 'headers'>) {
  const own = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  const rest = ` HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${own}`;
  return ({ method, path, body }: BenchRequest): string => {
    if (body === undefined) return `${method} ${path}${rest}\r\n`;
    const text = JSON.stringify(body);
    const about = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n`;
    return `${method} ${path}${rest}${about}\r\n${text}`;
  };
}
