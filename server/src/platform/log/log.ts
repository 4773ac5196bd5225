import pino from 'pino';
import pretty from 'pino-pretty';

export type Log = pino.Logger;
export type LogFormat = 'pretty' | 'json';
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Keys whose values never reach a log line, at the places where requests and configs put them. */
const secrets = ['authorization', '["x-api-key"]', 'cookie', 'password', 'secret', 'token', 'key'];

/** The process's log: lines for people (`pretty`) or one JSON object a line. */
export function createLog(format: LogFormat, level: LogLevel): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    redact: secrets.flatMap((key) => (key.startsWith('[') ? [key, `*${key}`] : [key, `*.${key}`])),
  };
  if (format === 'json') return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime });
  return pino(options, pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss' }));
}
