import type { Client, Principal } from './context.ts';

/** What came of a call. */
export interface Call {
  /** Method and path of the operation's contract. */
  readonly operation: string;
  readonly status: number;
  /** False where it was refused before it began, for too many. */
  readonly admitted: boolean;
  readonly client: Client;
  readonly requestId: string;
}

/** Counts the calls of a caller. */
export interface Meter {
  /**
   * Counts a call that is about to be made and gives the reply headers that say how many are left.
   * Throws RATE_LIMITED where there are none, with those headers.
   */
  admit(): Promise<Readonly<Record<string, string>>>;
  /** Notes what came of it. */
  record(call: Call): void;
}

/** Who calls, and what counts its calls, where they are counted. */
export interface Caller {
  readonly principal: Principal;
  readonly meter?: Meter;
}

/** A credential that is shown: from where, and for what. */
export interface Attempt {
  readonly client: Client;
  /** Method and path. */
  readonly operation: string;
  readonly requestId: string;
}
