/** What a rule may ask about the request. */
export interface RequestValues {
  /** Texts; empty for anonymous callers and for what a caller has not. */
  readonly auth: { readonly id: string; readonly email: string; readonly role: string };
  /** The operation's own method, the same through every door. */
  readonly method: string;
  readonly now: Date;
}
