import {
  CapacityFinder,
  findKnee,
  formatThreshold,
  GeneratorHealth,
  type LevelMeasurement,
  type RunEvent,
  SEARCH_FORMAT,
  SEARCH_VERSION,
  type SearchProgress,
  type SearchResult,
  type SecondDelta,
  sparsePercentileUs,
  type WorkerFacts,
  type WorkerHealth,
} from '@loadts/core';
import type { LoadSource, RunObserver } from '@loadts/master';
import type { FindConfig } from './find-config.ts';

export interface SearchRunOptions {
  readonly config: FindConfig;
  readonly allowOverload: boolean;
  readonly nowMs: () => number;
  /** Called after each level. */
  readonly onMeasured: (measurement: LevelMeasurement) => void;
  /** Called where a level has to be measured again, since a worker was the limit. */
  readonly onRepeat: (reason: string) => void;
}

/** What it steers, and who else is told of the run. */
export interface SearchedRun {
  readonly observer: RunObserver;
  /** Iterations to start each second, from now on. */
  readonly changeRate: (rate: number) => void;
  readonly stop: () => void;
}

/** A run whose load is changed until the highest is found at which the objectives hold. */
export class SearchRun implements RunObserver {
  readonly #options: SearchRunOptions;
  readonly #finder: CapacityFinder;
  #run: SearchedRun | undefined;
  #startMs = 0;
  #startedAt = '';
  /** The load that was asked for last. */
  #level: number;
  #health = new GeneratorHealth();
  #overloads: readonly string[] = [];
  /** Of all requests of the last second. */
  #medianUs = 0;
  #hasEnded = false;

  constructor(options: SearchRunOptions) {
    const { slo, from, to, by, precision, settleMs, levelMs } = options.config;
    this.#options = options;
    this.#level = from;
    this.#finder = new CapacityFinder({
      from,
      to,
      precision,
      isWhole: by === 'users',
      isOpen: by === 'rate',
      isDisturbed: () => this.#wasLimited(),
      objectives: slo,
      settleSeconds: Math.ceil(settleMs / 1_000),
      levelSeconds: Math.ceil(levelMs / 1_000),
      onMeasured: (measurement) => this.#noteLevel(measurement),
    });
  }

  get progress(): SearchProgress {
    return this.#finder.progress;
  }

  /** Whether it has asked the run to end. */
  get isOver(): boolean {
    return this.#hasEnded;
  }

  /** Takes over a run that is about to start. */
  steer(run: SearchedRun): this {
    this.#run = run;
    return this;
  }

  /** The users of a search by users, asked for once a second. */
  readonly load: LoadSource = () => ({ users: this.#level, spawnRate: 'all' });

  start(startedMs: number, workers: readonly WorkerFacts[]): void {
    this.#startMs = this.#options.nowMs();
    this.#startedAt = new Date(startedMs).toISOString();
    this.#run?.observer.start(startedMs, workers);
  }

  addWorker(worker: WorkerFacts): void {
    this.#run?.observer.addWorker(worker);
  }

  addHealth(health: WorkerHealth): void {
    // What a worker has to do between two levels is not in what is measured of them.
    if (this.#finder.isMeasured(health.second)) this.#health.note({ ...health, medianUs: this.#medianUs });
    this.#run?.observer.addHealth(health);
  }

  addEvent(event: RunEvent): void {
    this.#run?.observer.addEvent(event);
  }

  noteThresholds(...notes: Parameters<RunObserver['noteThresholds']>): void {
    this.#run?.observer.noteThresholds(...notes);
  }

  addSecond(delta: SecondDelta): void {
    this.#run?.observer.addSecond(delta);
    if (delta.late || this.#hasEnded) return;
    this.#medianUs = Math.max(0, ...delta.entries.map(({ latency }) => sparsePercentileUs(latency, 50)));
    this.#finder.take(delta, (this.#options.nowMs() - this.#startMs) / 1_000);
    this.#apply();
  }

  /** What was found, once the run is over. */
  result({ script, host }: Pick<SearchResult, 'script' | 'host'>): SearchResult {
    const { config } = this.#options;
    const { conclusion, measurements } = this.#finder;
    return {
      format: SEARCH_FORMAT,
      version: SEARCH_VERSION,
      script,
      host,
      startedAt: this.#startedAt,
      by: config.by,
      objectives: config.slo.map(formatThreshold),
      from: config.from,
      to: config.to,
      end: this.#isLimited ? 'generator' : conclusion ? 'found' : 'stopped',
      ...(conclusion
        ? { ceiling: conclusion.ceiling ?? null, failsAt: conclusion.failsAt ?? null }
        : boundsOf(measurements)),
      knee: findKnee(measurements)?.level ?? null,
      levels: measurements,
      overloads: this.#overloads,
    };
  }

  /** Whether a worker was the limit. Something else may have had the cores, so the level is measured again. */
  #wasLimited(): boolean {
    const [reason] = this.#options.allowOverload ? [] : this.#health.overloads;
    if (reason === undefined) return false;
    this.#health = new GeneratorHealth();
    this.#options.onRepeat(reason);
    return true;
  }

  #noteLevel(measurement: LevelMeasurement): void {
    this.#overloads = this.#health.overloads;
    this.#health = new GeneratorHealth();
    this.#options.onMeasured(measurement);
  }

  #apply(): void {
    if (this.#finder.conclusion || this.#isLimited) {
      this.#hasEnded = true;
      // The run is in the middle of telling its seconds.
      setImmediate(() => this.#run?.stop());
      return;
    }
    const { level } = this.#finder;
    if (level === this.#level) return;
    this.#level = level;
    if (this.#options.config.by === 'rate') setImmediate(() => this.#run?.changeRate(level));
  }

  /** Whether a worker was the limit, and that counts. */
  get #isLimited(): boolean {
    return this.#overloads.length > 0 && !this.#options.allowOverload;
  }
}

/** Of a search that did not come to its end. */
function boundsOf(measurements: readonly LevelMeasurement[]): Pick<SearchResult, 'ceiling' | 'failsAt'> {
  const levels = (isHeld: boolean): number[] =>
    measurements.filter(({ outcome }) => (outcome === 'held') === isHeld).map(({ level }) => level);
  const failed = levels(false);
  const failsAt = failed.length === 0 ? null : Math.min(...failed);
  const held = levels(true).filter((level) => failsAt === null || level < failsAt);
  return { ceiling: held.length === 0 ? null : Math.max(...held), failsAt };
}
