import {
  decideVerdict,
  type EntryReport,
  type FailureStatistics,
  type RunEvent,
  type RunReport,
  type SecondDelta,
  type ThresholdResult,
  type WorkerFacts,
  type WorkerHealth,
} from '@loadts/core';
import type {
  EntryView,
  EventView,
  ExceptionView,
  FailureView,
  FormClass,
  HistoryView,
  RunView,
  SecondView,
  ThresholdView,
} from '@loadts/protocol';
import type { LiveState } from '../../report/live-view.ts';
import type { RunObserver } from '../../run/run-observer.ts';
import { LivePoints } from './live-points.ts';
import { LiveWorkers } from './live-workers.ts';

export interface LiveRunOptions {
  readonly id: string;
  /** The numbers so far; asked once a second while somebody watches. */
  readonly report: () => RunReport;
  readonly thresholdTexts: readonly string[];
  /** The user classes that take part. */
  readonly classes: readonly FormClass[];
  readonly onEvent: (event: EventView) => void;
}

const MOST_EVENTS = 1_000;
const MOST_ENTRIES = 500;
const MOST_PROBLEMS = 100;

/** One run as the web UI shows it, while it goes on and after it. Its memory does not grow with the length of the run. */
export class LiveRun implements RunObserver {
  readonly #options: LiveRunOptions;
  readonly #points = new LivePoints();
  readonly #workers = new LiveWorkers();
  readonly #events: EventView[] = [];
  readonly #stages: HistoryView['stages'][number][] = [];
  #thresholds: readonly ThresholdResult[] = [];
  #startedAt: string | null = null;
  #live: LiveState | undefined;
  #report: RunReport | undefined;

  constructor(options: LiveRunOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  /** Undefined before the run was told of. */
  get live(): LiveState | undefined {
    return this.#live;
  }

  start(startedMs: number, workers: readonly WorkerFacts[]): void {
    this.#startedAt = new Date(startedMs).toISOString();
    for (const worker of workers) this.#workers.add(worker);
  }

  addWorker(worker: WorkerFacts): void {
    this.#workers.add(worker);
  }

  addSecond(delta: SecondDelta): void {
    this.#points.add(delta, delta.late);
  }

  noteThresholds(results: readonly ThresholdResult[]): void {
    this.#thresholds = results;
  }

  addHealth(health: WorkerHealth): void {
    this.#workers.addHealth(health);
  }

  addEvent(event: RunEvent): void {
    this.#workers.addEvent(event);
    const view = viewEvent(event);
    this.#events.push(view);
    this.#options.onEvent(view);
    if (this.#events.length > MOST_EVENTS) this.#events.shift();
    const stage = event.values?.['stage'];
    if (event.kind !== 'stage' || stage === undefined) return;
    this.#stages.push({ fromSecond: event.second, name: String(stage) });
    if (this.#stages.length > MOST_EVENTS) this.#stages.shift();
  }

  update(live: LiveState): void {
    this.#live = live;
  }

  /** The run is over: these are its numbers. */
  finish(report: RunReport): void {
    this.#report = report;
  }

  get view(): RunView {
    return {
      id: this.id,
      startedAt: this.#startedAt,
      elapsedSeconds: this.#report?.durationSeconds ?? this.#live?.elapsedSeconds ?? 0,
      runTimeSeconds: this.#live?.runTimeSeconds ?? null,
    };
  }

  get history(): HistoryView {
    return {
      runId: this.id,
      spanSeconds: this.#points.spanSeconds,
      points: this.#points.after(-1),
      events: this.#events,
      stages: this.#stages,
    };
  }

  /** How the run stands, for all who watch: with what has changed since the last call. */
  nextSecond(): SecondView | undefined {
    return this.#describe(this.#points.takeChanged());
  }

  /** The same for one who has seen all up to that second. */
  secondAfter(second: number): SecondView | undefined {
    return this.#describe(this.#points.after(second));
  }

  #describe(changed: SecondView['revised']): SecondView | undefined {
    if (!this.#live || this.#startedAt === null) return undefined;
    const { users, targetUsers, recent } = this.#live;
    const report = this.#report ?? this.#options.report();
    const point = this.#points.newest;
    const isOver = this.#report !== undefined;
    return {
      runId: this.id,
      second: this.#points.lastSecond,
      spanSeconds: this.#points.spanSeconds,
      elapsedSeconds: this.view.elapsedSeconds,
      users: isOver ? 0 : users,
      targetUsers: isOver ? 0 : targetUsers,
      point,
      revised: changed.filter(({ second }) => second !== point?.second),
      total: viewEntry(report.total),
      entries: busiest(report.entries).map(viewEntry),
      recent: isOver ? { requestsPerSecond: 0, failuresPerSecond: 0 } : recent,
      failures: mostFrequent(report.failures).map(viewFailure),
      exceptions: mostFrequent<ExceptionView>(report.exceptions),
      thresholds: this.#describeThresholds(report),
      workers: this.#workers.describe(isOver ? 'stopped' : this.#live.state),
      verdict: isOver ? report.verdict : judge(report),
      ratios: this.#options.classes,
    };
  }

  #describeThresholds(report: RunReport): ThresholdView[] {
    const isOver = this.#report !== undefined;
    const results = isOver ? report.thresholds : this.#thresholds;
    return this.#options.thresholdTexts.map((text, index) => {
      const result = results[index];
      if (!result) return { text, observed: null, passed: null, reason: 'not judged yet' };
      const { observed, passed, reason } = result;
      const isOpen = !isOver && observed === undefined;
      return { text, observed: observed ?? null, passed: isOpen ? null : passed, reason };
    });
  }
}

function viewEvent({ second, kind, text, by }: RunEvent): EventView {
  return { second, kind, text, isByUser: by === 'user' };
}

/** Without the rarer times, which reports have. */
function viewEntry(entry: EntryReport): EntryView {
  const { service: _, ...others } = entry;
  const { ttfb: __, ...view } = others;
  return view;
}

function viewFailure({ key, ...failure }: FailureStatistics): FailureView {
  return { ...key, ...failure };
}

function busiest(entries: readonly EntryReport[]): readonly EntryReport[] {
  if (entries.length <= MOST_ENTRIES) return entries;
  return entries.toSorted((a, b) => b.requests - a.requests).slice(0, MOST_ENTRIES);
}

function mostFrequent<Kind extends { readonly count: number }>(kinds: readonly Kind[]): Kind[] {
  return kinds.toSorted((a, b) => b.count - a.count).slice(0, MOST_PROBLEMS);
}

/** What has no number yet is no failure yet. */
function judge({ total, exceptions, thresholds }: RunReport): SecondView['verdict'] {
  if (total.requests === 0) return { kind: 'incomplete', reasons: ['no request came to its end yet'] };
  return decideVerdict({
    requests: total.requests,
    failures: total.failures,
    exceptions: exceptions.reduce((sum, { count }) => sum + count, 0),
    scriptErrors: [],
    gaps: [],
    overloads: [],
    thresholds,
  });
}
