import { AppError } from '../../platform/errors/app-error.ts';

/** A refusal of what is to be shown; `parameter` is where it was said. */
export const badView = (parameter: string, message: string): AppError =>
  new AppError('INVALID_INPUT', message, {
    details: [{ field: parameter, message, code: parameter }],
  });
