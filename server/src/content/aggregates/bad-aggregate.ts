import { AppError } from '../../platform/errors/app-error.ts';

/** A refusal that says under which key the mistake is. */
export const badAggregate = (key: string, message: string): AppError =>
  new AppError('INVALID_INPUT', message, {
    details: [{ field: key.slice(0, 200), message, code: 'aggregate' }],
  });
