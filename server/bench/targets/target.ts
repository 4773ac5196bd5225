/** The product again, asked by others than the root key: nobody, an account, a key of a project. */
export const callerNames = ['anonymous', 'token', 'key'] as const;
export type CallerName = (typeof callerNames)[number];

/** L2: Express and a constant. L3: node:http, pg and a table of its own. */
export const targetNames = ['L2', 'L3', 'product', ...callerNames] as const;
export type TargetName = (typeof targetNames)[number];

/** A server that answers on 127.0.0.1. */
export interface Target {
  readonly name: TargetName;
  readonly port: number;
  readonly pid: number;
  /** Sent with every request, by name. */
  readonly headers: Readonly<Record<string, string>>;
}
