/** L2: Express and a constant. L3: node:http, pg and a table of its own. */
export const targetNames = ['L2', 'L3', 'product'] as const;
export type TargetName = (typeof targetNames)[number];

/** A server that answers on 127.0.0.1. */
export interface Target {
  readonly name: TargetName;
  readonly port: number;
  readonly pid: number;
  /** Sent with every request, by name. */
  readonly headers: Readonly<Record<string, string>>;
}
