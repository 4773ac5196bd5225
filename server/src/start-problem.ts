import type { Config } from './config.ts';

interface SystemError extends Error {
  readonly code?: string;
}

/** What a person can do about a start that failed; undefined where only the stack can help. */
export function startProblem(error: unknown, config: Config): string | undefined {
  const { code, message } = error as SystemError;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${config.port} is taken on ${config.host}. Set PORT to another one, or stop what uses it.`;
    case 'EACCES':
      return `This user may not do what a start needs (${message}). Set PORT above 1023 and DATA_DIR to a folder of yours.`;
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
      return `The database of DATABASE_URL cannot be reached (${code}). Check its host and port, and that it runs.`;
    case '28P01':
    case '28000':
      return 'The database of DATABASE_URL refuses the user or the password.';
    case '3D000':
      return 'The database of DATABASE_URL does not exist on that server; create it.';
    case '42501':
      return `The user of DATABASE_URL lacks a right (${message}). It must own the database.`;
    default:
      return undefined;
  }
}
