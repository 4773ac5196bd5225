import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { expect, it } from 'vitest';
import type { Log } from '../platform/log/log.ts';
import { requestLog, traceIdOf } from './request-log.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-01` };

function linesOf(status: number, levels: string[]): object[] {
  const lines: object[] = [];
  const write = (fields: object) => void lines.push(fields);
  const log = {
    isLevelEnabled: (level: string) => levels.includes(level),
    error: write,
    debug: write,
  } as unknown as Log;
  const res = Object.assign(new EventEmitter(), { statusCode: status, getHeader: () => 'req_1' });
  const req = { method: 'GET', originalUrl: '/a?token=secret', headers };
  requestLog(log)(req as unknown as Request, res as unknown as Response, () => undefined);
  res.emit('finish');
  return lines;
}

it('logs a request with its trace, and no query', () => {
  const [line] = linesOf(200, ['debug', 'error']);
  expect(line).toMatchObject({
    method: 'GET',
    path: '/a',
    status: 200,
    request_id: 'req_1',
    trace_id: trace,
  });
  expect(JSON.stringify(line)).not.toContain('secret');
});

it('always logs server errors, and nothing else above debug', () => {
  expect(linesOf(503, ['error'])).toHaveLength(1);
  expect(linesOf(200, ['error'])).toHaveLength(0);
});

it('takes no trace from a header that is none', () => {
  expect(traceIdOf({ headers: { traceparent: '00-xyz' } })).toBeUndefined();
});
