import { countFailures, countRequests } from '../stats/outcome.ts';
import {
  EMPTY_HISTOGRAM,
  mergeSparse,
  type SparseHistogram,
  sparsePercentileUs,
} from '../stats/sparse-histogram.ts';
import { readStreamTimeKey } from '../stream/stream-time.ts';
import type { Threshold } from '../threshold/threshold.ts';
import { type EntryFigures, ThresholdJudge } from '../threshold/threshold-judge.ts';
import type { RunTimeline } from '../threshold/threshold-watch.ts';
import type { LevelMeasurement, LevelOutcome } from './level-measurement.ts';

/** What all workers together measured in one second of a search. */
export interface SearchSecond {
  /** Of the run. */
  readonly second: number;
  readonly entries: readonly EntryFigures[];
  /** Times of streams, by their keys; others are left alone. */
  readonly aggregates?: readonly EntryFigures[];
  /** Arrivals that found no free user. */
  readonly dropped?: number | undefined;
}

/** Where the second half of a window is so much slower than the first, the level is still filling a queue. */
const GROWTH = 1.15;
const GROWTH_US = 1_000;
const DROPPED_SHARE = 0.01;
/** An upper bound that is missed by that much is missed plainly. */
const PLAIN_FACTOR = 2;

const ALWAYS: RunTimeline = { isWarm: () => true, stageAt: () => undefined, hasLoad: () => true };

/** The seconds of one level, and what they come to. */
export class LevelWindow {
  readonly #objectives: readonly Threshold[];
  readonly #judge: ThresholdJudge;
  readonly #latencies: SparseHistogram[] = [];
  #requests = 0;
  #failures = 0;
  #dropped = 0;

  constructor(objectives: readonly Threshold[]) {
    this.#objectives = objectives;
    this.#judge = new ThresholdJudge(objectives, ALWAYS);
  }

  get seconds(): number {
    return this.#latencies.length;
  }

  /** Takes each second once, in order. */
  take({ entries, aggregates = [], dropped = 0 }: SearchSecond): void {
    const second = this.seconds;
    let latency = EMPTY_HISTOGRAM;
    for (const entry of entries) {
      this.#judge.addEntry(second, entry);
      this.#requests += countRequests(entry.counts);
      this.#failures += countFailures(entry.counts);
      latency = mergeSparse(latency, entry.latency);
    }
    for (const { key, latency: times } of aggregates) {
      const stream = readStreamTimeKey(key);
      if (stream) this.#judge.addStreamTime(second, { ...stream, latency: times });
    }
    this.#dropped += dropped;
    this.#latencies.push(latency);
    this.#judge.closeSecond(second);
  }

  /** Whether the times of the second half are not much longer than those of the first. */
  get isStable(): boolean {
    const middle = Math.floor(this.seconds / 2);
    const early = mergeAll(this.#latencies.slice(0, middle));
    const late = mergeAll(this.#latencies.slice(-middle));
    if (early.count === 0 || late.count === 0) return late.count >= early.count;
    return sparsePercentileUs(late, 50) <= GROWTH * sparsePercentileUs(early, 50) + GROWTH_US;
  }

  measure(level: number): LevelMeasurement {
    const latency = mergeAll(this.#latencies);
    const at = (percentile: number): number | null =>
      latency.count === 0 ? null : sparsePercentileUs(latency, percentile) / 1_000;
    return {
      level,
      ...this.#judgeLevel(),
      seconds: this.seconds,
      requestsPerSecond: this.#requests / this.seconds,
      errors: this.#requests === 0 ? 0 : this.#failures / this.#requests,
      p50Ms: at(50),
      p95Ms: at(95),
      p99Ms: at(99),
    };
  }

  #judgeLevel(): { outcome: LevelOutcome; reason: string | undefined; isClear: boolean } {
    const arrivals = this.#requests + this.#dropped;
    if (this.#dropped > DROPPED_SHARE * arrivals) {
      const reason = `${this.#dropped} arrivals found no free user`;
      return { outcome: 'dropped', reason, isClear: true };
    }
    const results = this.#judge.conclude();
    const missed = results.filter(({ passed }) => !passed);
    const isClear = results.some(({ observed, passed }, i) => {
      const { limit, operator } = this.#objectives[i] as Threshold;
      return !passed && operator.startsWith('<') && (observed ?? 0) > PLAIN_FACTOR * limit;
    });
    if (missed.length > 0) {
      return { outcome: 'missed', reason: missed.map(({ reason }) => reason).join('; '), isClear };
    }
    if (this.isStable) return { outcome: 'held', reason: undefined, isClear };
    // It had a window before this one to become stable in.
    return { outcome: 'unstable', reason: 'the times kept growing', isClear: true };
  }
}

function mergeAll(histograms: readonly SparseHistogram[]): SparseHistogram {
  return histograms.reduce(mergeSparse, EMPTY_HISTOGRAM);
}
