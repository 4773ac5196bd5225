/** What every call takes beside its own arguments. */
export interface CallOptions {
  /** Aborts the call, its retries too; the signal's reason is thrown. */
  readonly signal?: AbortSignal;
  /** Milliseconds that one attempt may take, instead of the client's. */
  readonly timeout?: number;
  /** How often to try again, instead of the client's. */
  readonly retries?: number;
  /** Id of the project that this call is about, instead of the client's. */
  readonly project?: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a call that creates takes. */
export interface CreateOptions extends CallOptions {
  /** Your own key instead of a new one: calls with the same key and body create once. */
  readonly idempotencyKey?: string;
}

/** What a call that changes or deletes takes. */
export interface ChangeOptions extends CallOptions {
  /** The version you read: the change is refused with PRECONDITION_FAILED when there is a newer one. */
  readonly ifMatch?: number;
}
