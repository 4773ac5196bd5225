import { resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const bytes = z.coerce.number().int().min(1024).max(1_073_741_824);

/** Every setting, by the name of its environment variable; `.env.example` explains them. */
const Environment = z
  .object({
    PORT: port.default(3000),
    HOST: z.string().min(1).default('0.0.0.0'),
    DATA_DIR: z.string().min(1).default('.data'),
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(1000).default(10),
    STATEMENT_TIMEOUT: z.coerce.number().int().min(1).max(3600).default(30),
    ROOT_API_KEY: z
      .string()
      .regex(/^[\x21-\x7e]{24,200}$/, {
        error: 'use 24 to 200 visible ASCII characters without spaces',
      })
      .optional(),
    TRUST_PROXY: z.string().default('0'),
    REGISTRATION: z.enum(['open', 'invite', 'closed']).optional(),
    PROJECT_GRACE_DAYS: z.coerce.number().int().min(0).max(3650).default(30),
    ADMIN_EMAIL: z.email().optional(),
    ADMIN_PASSWORD: z.string().min(8).max(200).optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).default('CMS <no-reply@localhost>'),
    MEILI_URL: z
      .url({ protocol: /^https?$/ })
      .refine((url) => !/^https?:\/\/[^/]*@/.test(url), {
        error: 'give the key as MEILI_API_KEY, not within the address',
      })
      .optional(),
    MEILI_API_KEY: z.string().min(1).optional(),
    MEILI_INDEX_PREFIX: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,40}$/, { error: 'use up to 40 letters, digits, "-" and "_"' })
      .default('cms'),
    SEARCH_FALLBACK: z.enum(['postgres', 'none']).default('postgres'),
    LOG_FORMAT: z.enum(['pretty', 'json']).default('pretty'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    CORS_ORIGINS: z.string().default('*'),
    BODY_LIMIT: bytes.default(4 * 1024 * 1024),
    BULK_BODY_LIMIT: bytes.default(32 * 1024 * 1024),
    CHECK_OUTPUT: z.stringbool().default(false),
  })
  .refine((env) => (env.ADMIN_EMAIL === undefined) === (env.ADMIN_PASSWORD === undefined), {
    path: ['ADMIN_EMAIL'],
    error: 'set ADMIN_EMAIL and ADMIN_PASSWORD, or neither',
  });

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly publicUrl: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly poolSize: number;
  /** Seconds after which a statement of a request is stopped. */
  readonly statementSeconds: number;
  readonly rootApiKey: string | undefined;
  /** How many proxies are before the server, or which addresses they have. */
  readonly trustProxy: number | string;
  /** Who may register: everybody, whoever is invited or has the root key, or nobody. */
  readonly registration: 'open' | 'invite' | 'closed';
  /** Days for which a deleted project can be restored. */
  readonly projectGraceDays: number;
  /** The administrator that a start makes sure of. */
  readonly admin: { readonly email: string; readonly password: string } | undefined;
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string;
  /** The server that searches; without one PostgreSQL does. */
  readonly meili:
    | {
        readonly url: string;
        readonly apiKey: string | undefined;
        /** How the names of this instance's indexes begin. */
        readonly prefix: string;
        /** Whether PostgreSQL answers while it cannot. */
        readonly fallback: boolean;
      }
    | undefined;
  readonly logFormat: 'pretty' | 'json';
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Origins that browsers may call from; `*` is any, none is empty. */
  readonly corsOrigins: '*' | readonly string[];
  readonly bodyLimit: number;
  readonly bulkBodyLimit: number;
  /** Check every reply against its contract: for tests and debugging. */
  readonly checkOutput: boolean;
}

/** Settings that cannot be used, all of them, in words. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((each) => `  - ${each}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Reads the configuration, from the process's environment unless another is given. Throws ConfigError. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  // An empty variable is one that is not set.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  const env = parsed.data;
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: resolve(env.DATA_DIR),
    publicUrl: env.PUBLIC_URL?.replace(/\/$/, ''),
    databaseUrl: env.DATABASE_URL,
    poolSize: env.DATABASE_POOL_SIZE,
    statementSeconds: env.STATEMENT_TIMEOUT,
    rootApiKey: env.ROOT_API_KEY,
    trustProxy: /^\d+$/.test(env.TRUST_PROXY) ? Number(env.TRUST_PROXY) : env.TRUST_PROXY,
    // A newcomer at home is let in; an instance that others can reach waits to be opened.
    registration: env.REGISTRATION ?? (env.DATABASE_URL ? 'invite' : 'open'),
    projectGraceDays: env.PROJECT_GRACE_DAYS,
    admin:
      env.ADMIN_EMAIL !== undefined && env.ADMIN_PASSWORD !== undefined
        ? { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD }
        : undefined,
    smtpUrl: env.SMTP_URL,
    mailFrom: env.MAIL_FROM,
    meili:
      env.MEILI_URL === undefined
        ? undefined
        : {
            url: env.MEILI_URL,
            apiKey: env.MEILI_API_KEY,
            prefix: env.MEILI_INDEX_PREFIX,
            fallback: env.SEARCH_FALLBACK === 'postgres',
          },
    logFormat: env.LOG_FORMAT,
    logLevel: env.LOG_LEVEL,
    corsOrigins:
      env.CORS_ORIGINS === '*' ? '*' : env.CORS_ORIGINS.split(',').map((each) => each.trim()),
    bodyLimit: env.BODY_LIMIT,
    bulkBodyLimit: env.BULK_BODY_LIMIT,
    checkOutput: env.CHECK_OUTPUT,
  };
}
