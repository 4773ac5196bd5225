/** A request that was turned away for who asked, or for how often. */
export interface Refusal {
  readonly projectId: string;
  /** The code of the answer. */
  readonly code: string;
  /** What was asked for: method and path template, or path. */
  readonly operation: string;
  readonly actorId: string | null;
  readonly actorKind: string;
  readonly address: string;
  readonly userAgent: string | null;
  readonly requestId: string;
}

/** Takes note of refusals, for the audit log. */
export interface Refusals {
  note(refusal: Refusal): void;
}
