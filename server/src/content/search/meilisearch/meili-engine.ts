import type { MeiliClient } from '../../../platform/search/meilisearch.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { Log } from '../../../platform/log/log.ts';
import type { Ctx } from '../../context.ts';
import { sql } from '../../expressions/index.ts';
import type {
  Matching,
  MatchRequest,
  SearchEngine,
  SearchRequest,
  SearchResult,
  SearchTarget,
} from '../engine.ts';
import { foundEntries, postgresEngine } from '../postgres/postgres-engine.ts';
import { candidateRows } from './candidate-rows.ts';
import { type Candidates, findCandidates } from './find-candidates.ts';
import { hasWords } from './has-words.ts';
import type { LiveIndexes } from './live-indexes.ts';

export interface MeiliEngineOptions {
  readonly client: MeiliClient;
  readonly indexes: LiveIndexes;
  /** Waits until the project's indexes hold every write committed before; false where that takes too long. */
  readonly caughtUp: (projectId: string) => Promise<boolean>;
  /** Whether PostgreSQL answers while the index cannot. */
  readonly fallback: boolean;
  readonly log: Log;
}

/** How long a server that did not answer is left alone: nobody is kept waiting for it again and again. */
const PAUSE_MS = 5_000;
/** Of a longer search Meilisearch would read the beginning alone. */
const MAX_WORDS = 10;

/**
 * Search in Meilisearch: it finds and ranks candidates, PostgreSQL decides which of them the caller may
 * see as they are now, so that an index that is behind shows nothing it should not. What the index
 * cannot decide (more candidates than are ranked, under a rule that it does not know) PostgreSQL answers.
 */
export class MeiliEngine implements SearchEngine {
  readonly #options: MeiliEngineOptions;
  #pausedUntil = 0;

  constructor(options: MeiliEngineOptions) {
    this.#options = options;
  }

  async search(targets: readonly SearchTarget[], request: SearchRequest): Promise<SearchResult> {
    const { text } = request;
    const candidates =
      text && isForIndex(text)
        ? await this.#candidates(targets, { text, breadth: 'texts', wait: request.wait ?? false })
        : undefined;
    if (!text || !candidates) return postgresEngine.search(targets, request);
    const rows = (target: SearchTarget) => candidateRows(target, candidates.of(target));
    const best = { ...request, limit: 1, offset: 0 };
    const [found, first] = await Promise.all([
      foundEntries(targets, request, rows),
      request.offset > 0 ? foundEntries(targets, best, rows) : undefined,
    ]);
    const [hit] = (first ?? found).hits;
    const similar = hit !== undefined && !hasWords(hit, text.words);
    return { ...found, similar, typos: true };
  }

  async matching(target: SearchTarget, request: MatchRequest): Promise<Matching> {
    const { text } = request;
    const candidates =
      text && isForIndex(text) ? await this.#candidates([target], { ...request, text }) : undefined;
    if (!candidates) return postgresEngine.matching(target, request);
    const ids = candidates.of(target).map(({ id }) => id);
    const { table } = target.ctx.collection.statements;
    return { condition: sql`${table}.entry_id = any(${() => ids}::text[])`, typos: true };
  }

  /** Undefined where PostgreSQL has to answer. Throws SERVICE_UNAVAILABLE where it must not. */
  async #candidates(
    targets: readonly SearchTarget[],
    request: MatchRequest & { text: NonNullable<MatchRequest['text']> },
  ): Promise<Candidates | undefined> {
    const [first] = targets;
    if (!first) return undefined;
    const { project } = first.ctx;
    if (performance.now() < this.#pausedUntil) return this.#instead('does not answer');
    const { indexes, caughtUp } = this.#options;
    if (request.wait) {
      if (!(await caughtUp(project.id)))
        return this.#instead('does not hold the latest writes yet');
      // The news of an index that was built for them may still be on its way.
      indexes.forget(project.id);
    }
    const live = await indexes.of(project.id);
    if (targets.some(({ ctx }) => !live.has(ctx.collection.id)))
      return this.#instead('is being built');
    try {
      return await findCandidates(this.#options.client, live, targets, request);
    } catch (error) {
      this.#failed(first.ctx, error);
      return this.#instead('does not answer');
    }
  }

  #failed({ project }: Ctx, error: unknown): void {
    this.#pausedUntil = performance.now() + PAUSE_MS;
    // The index may have been replaced a moment ago.
    this.#options.indexes.forget(project.id);
    this.#options.log.warn({ err: error }, 'Meilisearch could not answer a search');
  }

  #instead(what: string): undefined {
    if (this.#options.fallback) return undefined;
    throw new AppError('SERVICE_UNAVAILABLE', `The search index ${what}; try again soon.`, {
      headers: { 'Retry-After': '5' },
    });
  }
}

/** Whether Meilisearch reads all that is wanted, and nothing is wanted but words to be there. */
const isForIndex = ({ typed, broad }: NonNullable<MatchRequest['text']>): boolean =>
  broad !== null && typed.split(' ').length <= MAX_WORDS;
