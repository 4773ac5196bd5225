/** What an instance decides about its projects. */
export interface ProjectOptions {
  /** Days for which a deleted project can be restored. */
  readonly graceDays: number;
}
