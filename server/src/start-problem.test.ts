import { expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { startProblem } from './start-problem.ts';

const problem = (code: string) =>
  startProblem(Object.assign(new Error('text'), { code }), readConfig({ PORT: '3000' }));

it('says what to set or check for what people meet', () => {
  expect(problem('EADDRINUSE')).toContain('Port 3000');
  for (const code of ['ECONNREFUSED', '28P01', '3D000', '42501'])
    expect(problem(code)).toContain('DATABASE_URL');
});

it('leaves what it does not know to the stack', () => {
  expect(problem('XX000')).toBeUndefined();
});
