import { openLoad } from '../client/load.ts';
import { requestText } from '../client/request-text.ts';
import type { Scenario } from '../scenarios/index.ts';
import type { Target, TargetName } from '../targets/target.ts';
import { postgresCpu, processCpu } from './cpu-time.ts';
import { percentile } from './statistics.ts';
import { supplyOf } from './supply.ts';

/** CPU milliseconds per request; undefined where the system does not tell. */
export interface CpuPerRequest {
  readonly server: number | undefined;
  readonly postgres: number | undefined;
  readonly client: number;
}

/** What one target did in one round of one scenario. */
export interface Slot {
  readonly scenario: string;
  readonly target: TargetName;
  readonly round: number;
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly cpu: CpuPerRequest;
  /** Statements that PostgreSQL ran for one request; undefined for who has no database. */
  readonly statements: number | undefined;
}

export interface SlotOptions {
  readonly scenario: Scenario;
  readonly target: Target;
  /** Ids of the articles that the target holds. */
  readonly ids: readonly string[];
  /** What the scenario prepared with this target. */
  readonly prepared: string;
  readonly statements: number | undefined;
  readonly round: number;
  readonly seconds: number;
  readonly connections: number;
  readonly postmaster: number;
  readonly signal: AbortSignal;
}

/** Warms up for a quarter of the time, then measures. Throws at the first reply that is no 2xx. */
export async function measureSlot(options: SlotOptions): Promise<Slot> {
  const { scenario, target, round } = options;
  const load = await openLoad(target.port, options.connections, options.signal);
  try {
    const supply = supplyOf(options.ids, round, options.prepared);
    const spell = requestText(target);
    const next = () => spell(scenario.request(supply));
    await load.run(options.seconds * 250, next);
    const readCpu = () => [
      processCpu(target.pid),
      postgresCpu(options.postmaster),
      process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    ];
    const before = readCpu();
    const { requests, seconds, latencies } = await load.run(options.seconds * 1000, next);
    const after = readCpu();
    const [server, postgres, client = 0] = after.map((value, at) =>
      perRequest(before[at], value, requests),
    );
    return {
      scenario: scenario.name,
      target: target.name,
      round,
      requests,
      perSecond: requests / seconds,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
      cpu: { server, postgres, client },
      statements: options.statements,
    };
  } catch (cause) {
    throw new Error(`${scenario.name} failed on ${target.name}`, { cause });
  } finally {
    load.close();
  }
}

const perRequest = (before: number | undefined, after: number | undefined, requests: number) =>
  before === undefined || after === undefined ? undefined : ((after - before) * 1000) / requests;
