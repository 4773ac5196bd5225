/** What was loaded by key, kept until it is forgotten: whoever asks while it is loaded waits for the same. */
export class Memo<T> {
  readonly #load: (key: string) => Promise<T>;
  readonly #known = new Map<string, Promise<T>>();

  constructor(load: (key: string) => Promise<T>) {
    this.#load = load;
  }

  get(key: string): Promise<T> {
    const known = this.#known.get(key);
    if (known) return known;
    const loading = this.#load(key);
    this.#known.set(key, loading);
    // A failed load must not be remembered; the caller sees its error.
    loading.catch(() => {
      if (this.#known.get(key) === loading) this.#known.delete(key);
    });
    return loading;
  }

  /** Forgets one, or all. */
  forget(key?: string): void {
    if (key === undefined) this.#known.clear();
    else this.#known.delete(key);
  }
}
