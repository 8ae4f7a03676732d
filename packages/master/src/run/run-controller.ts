import {
  ClassSequence,
  type Clock,
  canFollow,
  countFailures,
  countRequests,
  createRunReport,
  decideVerdict,
  type RunReport,
  type RunState,
  reportEntry,
  type ShapeContext,
} from '@loadts/core';
import type { LiveState } from '../report/live-view.ts';
import { Collector } from '../statistics/collector.ts';
import type { WorkerLink, WorkMessage } from '../worker/worker-link.ts';
import { describeWarnings } from './describe-warnings.ts';
import type { LoadSource } from './load-source.ts';
import { PlanMaker } from './plan-maker.ts';
import type { RunSettings } from './run-settings.ts';

export interface RunControllerOptions {
  readonly clock: Clock;
  readonly settings: RunSettings;
  readonly createLoad: (context: ShapeContext) => LoadSource;
  /** The workers that take part. */
  readonly workers: readonly WorkerLink[];
  /** Called about once a second. */
  readonly onUpdate: (state: LiveState) => void;
}

const SECOND_US = 1_000_000;
/** A change of plan reaches every worker before it takes effect. */
const PLAN_LEAD_US = 50_000;
/** What the final messages may take after the last user has ended or was cut off. */
const DELIVERY_MS = 10_000;
const RECENT_SECONDS = 10;

/** One run from the first plan to the report. */
export class RunController {
  readonly #options: RunControllerOptions;
  readonly #collector = new Collector();
  readonly #planner: PlanMaker;
  readonly #load: LoadSource;
  readonly #active: Map<number, WorkerLink>;
  readonly #undelivered: Set<number>;
  readonly #peaks = new Map<number, number>();
  readonly #scriptErrors: string[] = [];
  readonly #startUs: number;
  readonly #startedAt = new Date().toISOString();
  #state: RunState = 'ready';
  #peakUsers = 0;
  #cancelTick: () => void = () => {};
  #endLoad: () => void = () => {};
  #delivered: () => void = () => {};

  constructor(options: RunControllerOptions) {
    const { clock, settings, workers } = options;
    this.#options = options;
    this.#active = new Map(workers.map((link) => [link.id, link]));
    this.#undelivered = new Set(this.#active.keys());
    for (const id of this.#active.keys()) this.#collector.addWorker(id);
    const sequence = new ClassSequence(settings.classes);
    this.#planner = new PlanMaker(sequence, settings.classes.length, [...this.#active.keys()]);
    this.#startUs = clock.nowUs();
    this.#load = options.createLoad({
      runTimeSeconds: () => this.#elapsedUs() / SECOND_US,
      currentUserCount: () => this.#planner.plannedUsers(this.#elapsedUs()),
    });
  }

  /** Resolves with the report once everything that can be collected is. */
  async run(): Promise<RunReport> {
    const { clock, settings } = this.#options;
    const loadEnded = new Promise<void>((resolve) => {
      this.#endLoad = resolve;
    });
    this.#announceStart();
    this.#enter('spawning');
    this.#tick();
    await loadEnded;
    this.#enter('stopping');
    this.#update();
    const delivered = new Promise<void>((resolve) => {
      this.#delivered = resolve;
    });
    for (const link of this.#active.values()) link.send({ type: 'stop' });
    const cancel = clock.schedule(settings.stopTimeoutMs + DELIVERY_MS, this.#delivered);
    this.#checkDelivery();
    await delivered;
    cancel();
    this.#cancelTick();
    this.#enter('stopped');
    return this.#createReport();
  }

  /** Ends the load; users finish what they are at. */
  stop(): void {
    this.#endLoad();
  }

  receive(link: WorkerLink, message: WorkMessage): void {
    if (!this.#active.has(link.id)) return;
    if (message.type === 'snapshot') {
      this.#collector.take(link.id, message);
      link.send({ type: 'acknowledge', sequence: message.sequence });
    } else if (message.type === 'final') {
      this.#collector.finish(link.id, message);
      this.#undelivered.delete(link.id);
      this.#checkDelivery();
    } else if (message.type === 'status') {
      this.#peaks.set(link.id, Math.max(this.#peaks.get(link.id) ?? 0, message.utilization));
    }
  }

  /** A worker is gone. */
  lose(link: WorkerLink): void {
    if (!this.#active.delete(link.id)) return;
    this.#undelivered.delete(link.id);
    this.#checkDelivery();
    if (this.#active.size === 0 || this.#options.settings.onWorkerLoss === 'stop') return this.stop();
    if (this.#options.settings.onWorkerLoss === 'rebalance') {
      this.#planner.removeWorker(link.id, this.#elapsedUs() + PLAN_LEAD_US);
      this.#announcePlan();
    }
  }

  #elapsedUs(): number {
    return this.#options.clock.nowUs() - this.#startUs;
  }

  #enter(state: RunState): void {
    if (canFollow(this.#state, state)) this.#state = state;
  }

  #announceStart(): void {
    const { seed, host, classes, runTimeMs, stopTimeoutMs, maxEntries, insecure } = this.#options.settings;
    for (const link of this.#active.values()) {
      link.send({
        type: 'start',
        elapsedUs: this.#elapsedUs(),
        seed,
        host: host ?? null,
        classes,
        endUs: runTimeMs === undefined ? null : Math.round(runTimeMs * 1_000),
        stopTimeoutMs,
        maxEntries,
        insecure,
      });
    }
  }

  #announcePlan(): void {
    this.#enter('spawning');
    for (const link of this.#active.values()) link.send(this.#planner.messageFor(link.id));
  }

  /** Once a second, also while the users finish. */
  #tick(): void {
    const { clock, settings } = this.#options;
    const elapsedUs = this.#elapsedUs();
    if (this.#state !== 'stopping') this.#steer(elapsedUs);
    this.#peakUsers = Math.max(this.#peakUsers, this.#planner.plannedUsers(elapsedUs));
    this.#update();
    const nextUs = (Math.floor(elapsedUs / SECOND_US) + 1) * SECOND_US;
    const endUs = (settings.runTimeMs ?? Number.POSITIVE_INFINITY) * 1_000;
    const wakeUs = elapsedUs < endUs ? Math.min(nextUs, endUs) : nextUs;
    this.#cancelTick = clock.schedule((wakeUs - elapsedUs) / 1_000, () => this.#tick());
  }

  #steer(elapsedUs: number): void {
    const { runTimeMs } = this.#options.settings;
    if (runTimeMs !== undefined && elapsedUs >= runTimeMs * 1_000) return this.stop();
    try {
      const wanted = this.#load();
      if (!wanted) return this.stop();
      const startUs = this.#planner.users === 0 ? elapsedUs : elapsedUs + PLAN_LEAD_US;
      if (this.#planner.change(wanted, startUs)) this.#announcePlan();
    } catch (error) {
      this.#scriptErrors.push(error instanceof Error ? error.message : String(error));
      return this.stop();
    }
    if (this.#planner.isCarriedOut(elapsedUs)) this.#enter('running');
  }

  #checkDelivery(): void {
    if (this.#undelivered.size === 0) this.#delivered();
  }

  #countUsers(): number {
    let users = 0;
    for (const link of this.#active.values()) users += link.status.users;
    return users;
  }

  #update(): void {
    const { settings, workers, onUpdate } = this.#options;
    const elapsedSeconds = this.#elapsedUs() / SECOND_US;
    const { statistics, history } = this.#collector;
    const recent = history.recentRates(elapsedSeconds, RECENT_SECONDS);
    onUpdate({
      state: this.#state,
      elapsedSeconds,
      runTimeSeconds: settings.runTimeMs === undefined ? undefined : settings.runTimeMs / 1_000,
      users: this.#countUsers(),
      targetUsers: this.#state === 'stopping' ? 0 : this.#planner.users,
      workers: { connected: this.#active.size, expected: workers.length },
      total: reportEntry(statistics.total, elapsedSeconds),
      entries: statistics.entries.map((entry) => reportEntry(entry, elapsedSeconds)),
      recent: { requestsPerSecond: recent.requests, failuresPerSecond: recent.failures },
      failureKinds: statistics.failures.length,
    });
  }

  #createReport(): RunReport {
    const { settings } = this.#options;
    const { statistics } = this.#collector;
    const gaps = this.#collector.describeGaps();
    const peaks = [...this.#peaks].map(([workerId, utilization]) => ({ workerId, utilization }));
    return createRunReport(statistics, {
      script: settings.script,
      host: settings.host,
      startedAt: this.#startedAt,
      durationSeconds: this.#elapsedUs() / SECOND_US,
      seed: settings.seed,
      peakUsers: this.#peakUsers,
      coverage: { workers: this.#collector.workers, complete: this.#collector.complete, gaps },
      warnings: describeWarnings(statistics, peaks, settings.maxEntries),
      verdict: decideVerdict({
        requests: countRequests(statistics.total.counts),
        failures: countFailures(statistics.total.counts),
        exceptions: statistics.exceptions.reduce((total, { count }) => total + count, 0),
        scriptErrors: this.#scriptErrors,
        gaps,
      }),
    });
  }
}
