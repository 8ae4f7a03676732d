import {
  ClassSequences,
  type Clock,
  canFollow,
  GeneratorHealth,
  type RunReport,
  type RunState,
  type ShapeContext,
} from '@loadts/core';
import type { MasterMessage, ProcessLoad } from '@loadts/protocol';
import { FeederDesk } from '../feeders/feeder-desk.ts';
import type { OpenFeeder } from '../feeders/open-feeders.ts';
import type { LiveState } from '../report/live-view.ts';
import { Collector } from '../statistics/collector.ts';
import type { WorkerLink, WorkMessage } from '../worker/worker-link.ts';
import { concludeRun } from './conclude-run.ts';
import { IterationLedger } from './iteration-ledger.ts';
import { createLatch } from './latch.ts';
import { readLiveStatistics } from './live-statistics.ts';
import type { LoadSource } from './load-source.ts';
import { PlanMaker } from './plan-maker.ts';
import type { RunSettings } from './run-settings.ts';
import { createStartMessage } from './start-message.ts';

export interface RunControllerOptions {
  readonly clock: Clock;
  readonly settings: RunSettings;
  readonly createLoad: (context: ShapeContext) => LoadSource;
  /** The workers that take part. */
  readonly workers: readonly WorkerLink[];
  /** In the order in which the script declares them. */
  readonly feeders: readonly OpenFeeder[];
  /** Called when the last user has ended. Resolves with what the script did wrong in it. */
  readonly afterDrain: () => Promise<readonly string[]>;
  /** Called about once a second. */
  readonly onUpdate: (state: LiveState) => void;
}

const SECOND_US = 1_000_000;
/** A change of plan reaches every worker before it takes effect. */
const PLAN_LEAD_US = 50_000;
/** What the final messages may take after the last user has ended or was cut off. */
const DELIVERY_MS = 10_000;

/** One run from the first plan to the report. */
export class RunController {
  readonly #options: RunControllerOptions;
  readonly #collector: Collector;
  readonly #planner: PlanMaker;
  readonly #load: LoadSource;
  readonly #active: Map<number, WorkerLink>;
  /** Utilization of each worker's event loop in its busiest second. */
  readonly #peaks = new Map<number, number>();
  readonly #health = new GeneratorHealth();
  readonly #scriptErrors: string[] = [];
  /** Iterations and rows that were leased to workers that are gone. */
  readonly #lostLeases: string[] = [];
  /** Where the run has a number of iterations. */
  readonly #ledger: IterationLedger | undefined;
  readonly #feeders: FeederDesk;
  readonly #loadEnded = createLatch();
  readonly #delivered = createLatch();
  readonly #startUs: number;
  readonly #startedAt = new Date().toISOString();
  #state: RunState = 'ready';
  #peakUsers = 0;
  /** Who of the users stopped the run and why. */
  #stopReason: string | undefined;
  /** When the load had ended and the last worker so far had delivered. */
  #durationUs = 0;
  #cancelTick: () => void = () => {};

  constructor(options: RunControllerOptions) {
    const { clock, settings, workers } = options;
    this.#options = options;
    this.#active = new Map(workers.map((link) => [link.id, link]));
    const ids = [...this.#active.keys()];
    this.#collector = new Collector(ids, settings.maxEntries);
    this.#planner = new PlanMaker(new ClassSequences(settings.classes), settings.classes.length, ids);
    this.#feeders = new FeederDesk({
      feeders: options.feeders,
      seed: settings.seed,
      workerIds: ids,
      send: (id, message) => this.#active.get(id)?.send(message),
      failed: (problem) => this.#fail(problem),
    });
    const { iterations } = settings;
    if (iterations !== undefined) {
      const grant = (id: number, count: number): void => this.#active.get(id)?.send({ type: 'lease', count });
      this.#ledger = new IterationLedger(iterations, ids, grant);
    }
    this.#startUs = clock.nowUs();
    this.#load = options.createLoad({
      runTimeSeconds: () => this.#elapsedUs() / SECOND_US,
      currentUserCount: () => this.#planner.plannedUsers(this.#elapsedUs()),
    });
  }

  /** Resolves with the report once everything that can be collected is. */
  async run(): Promise<RunReport> {
    this.#announceStart();
    this.#enter('spawning');
    this.#tick();
    await this.#loadEnded.opened;
    this.#notePeak();
    this.#enter('stopping');
    this.#update();
    await this.#drain();
    this.#scriptErrors.push(...(await this.#options.afterDrain()));
    this.#cancelTick();
    this.#enter('stopped');
    return this.#conclude();
  }

  /** Ends the load; users finish what they are at. */
  stop(): void {
    this.#loadEnded.open();
  }

  /** @throws LoadtsError `MESSAGE_INVALID` for a snapshot that cannot be right; nothing of it is counted. */
  receive(link: WorkerLink, message: WorkMessage): void {
    if (!this.#active.has(link.id)) return;
    if (message.type === 'status') {
      this.#noteLoad(link.id, message);
    } else if (message.type === 'snapshot') {
      const entryIds = this.#collector.take(link.id, message);
      if (entryIds.length > 0) link.send({ type: 'refuseEntries', entryIds });
      link.send({ type: 'acknowledge', sequence: message.sequence });
      this.#checkDelivery();
    } else if (message.type === 'final') {
      this.#collector.finish(link.id, message);
      this.#durationUs = this.#elapsedUs();
      this.#checkDelivery();
    } else if (message.type === 'stopRun' && this.#state !== 'stopping') {
      this.#stopReason ??= message.reason;
      this.stop();
    } else this.#receiveLease(link.id, message);
  }

  #noteLoad(workerId: number, { utilization, loopDelayUs }: ProcessLoad): void {
    this.#peaks.set(workerId, Math.max(this.#peaks.get(workerId) ?? 0, utilization));
    if (this.#state === 'stopping') return;
    this.#health.note({ workerId, loopDelayUs, ...this.#collector.paceOf(workerId) });
  }

  #receiveLease(workerId: number, message: WorkMessage): void {
    if (message.type === 'leaseRequest') this.#ledger?.request(workerId);
    else if (message.type === 'leaseReturn') this.#ledger?.giveBack(workerId, message.count);
    else if (message.type === 'leaseEnd') this.#ledger?.end(workerId);
    else if (message.type === 'feederRequest') this.#feeders.request(workerId, message);
    else if (message.type === 'usersEnded') this.#feeders.endUsers(workerId, message.generation);
    this.#checkOver();
  }

  /** @returns whether there is nothing left to do */
  #checkOver(): boolean {
    const { users, generation } = this.#planner;
    const isOver = this.#ledger?.finished || (users > 0 && this.#feeders.isOver(generation));
    if (isOver) this.stop();
    return isOver;
  }

  /** The script did something wrong, or its data: the run ends and says so. */
  #fail(problem: string): void {
    this.#scriptErrors.push(problem);
    this.stop();
  }

  /** A worker is gone. */
  lose(link: WorkerLink, reason: string): void {
    if (!this.#active.delete(link.id)) return;
    this.#collector.lose(link.id, reason);
    this.#checkDelivery();
    this.#lostLeases.push(...this.#feeders.lose(link.id).map((lost) => `worker ${link.id}: ${lost}`));
    if (this.#state === 'stopping') return;
    this.#loseIterations(link.id);
    const { onWorkerLoss } = this.#options.settings;
    if (this.#active.size === 0 || onWorkerLoss === 'stop') return this.stop();
    if (this.#checkOver()) return;
    if (onWorkerLoss === 'rebalance') {
      this.#planner.removeWorker(link.id, this.#elapsedUs() + PLAN_LEAD_US);
      this.#announcePlan();
    }
  }

  #loseIterations(workerId: number): void {
    const lost = this.#ledger?.lose(workerId) ?? 0;
    if (lost === 0) return;
    this.#lostLeases.push(
      `worker ${workerId}: the ${lost} iterations that it had left may be lost and are not run again`,
    );
  }

  #elapsedUs(): number {
    return this.#options.clock.nowUs() - this.#startUs;
  }

  #enter(state: RunState): void {
    if (canFollow(this.#state, state)) this.#state = state;
  }

  #broadcast(create: (workerId: number) => MasterMessage): void {
    for (const link of this.#active.values()) link.send(create(link.id));
  }

  #announceStart(): void {
    const { settings } = this.#options;
    const run = { leased: this.#ledger !== undefined, feeders: this.#feeders.headers };
    this.#broadcast(() => createStartMessage(settings, { ...run, elapsedUs: this.#elapsedUs() }));
  }

  #announcePlan(): void {
    this.#enter('spawning');
    this.#broadcast((workerId) => this.#planner.messageFor(workerId));
  }

  /** Once a second, also while the users finish. */
  #tick(): void {
    const { clock, settings } = this.#options;
    const elapsedUs = this.#elapsedUs();
    if (this.#state !== 'stopping') {
      this.#steer(elapsedUs);
      this.#notePeak();
    }
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
      // Where nobody runs, nobody can be ahead of a plan that comes late.
      const startUs = this.#planner.isIdle(elapsedUs) ? elapsedUs : elapsedUs + PLAN_LEAD_US;
      if (this.#planner.change(wanted, startUs)) this.#announcePlan();
    } catch (error) {
      return this.#fail(error instanceof Error ? error.message : String(error));
    }
    if (this.#planner.isCarriedOut(elapsedUs)) this.#enter('running');
  }

  /** Users finish and workers deliver; who does not in time is given up. */
  async #drain(): Promise<void> {
    const { clock, settings } = this.#options;
    const timeoutMs = settings.stopTimeoutMs + DELIVERY_MS;
    this.#durationUs = this.#elapsedUs();
    this.#broadcast(() => ({ type: 'stop' }));
    const cancel = clock.schedule(timeoutMs, () => this.#delivered.open());
    await this.#delivered.opened;
    cancel();
    for (const workerId of this.#collector.outstanding) {
      this.#collector.lose(workerId, `not delivered within ${timeoutMs / 1_000} s of the stop`);
    }
  }

  #checkDelivery(): void {
    if (this.#collector.outstanding.length === 0) this.#delivered.open();
  }

  #notePeak(): void {
    this.#peakUsers = Math.max(this.#peakUsers, this.#planner.plannedUsers(this.#elapsedUs()));
  }

  #update(): void {
    const { settings, workers, onUpdate } = this.#options;
    const elapsedSeconds = this.#elapsedUs() / SECOND_US;
    onUpdate({
      state: this.#state,
      elapsedSeconds,
      runTimeSeconds: settings.runTimeMs === undefined ? undefined : settings.runTimeMs / 1_000,
      users: [...this.#active.values()].reduce((users, link) => users + link.users, 0),
      targetUsers: this.#state === 'stopping' ? 0 : this.#planner.users,
      workers: { connected: this.#active.size, expected: workers.length },
      ...readLiveStatistics(this.#collector, elapsedSeconds),
    });
  }

  #conclude(): RunReport {
    return concludeRun({
      settings: this.#options.settings,
      collector: this.#collector,
      startedAt: this.#startedAt,
      durationSeconds: this.#durationUs / SECOND_US,
      peakUsers: this.#peakUsers,
      stopReason: this.#stopReason,
      peaks: [...this.#peaks].map(([workerId, utilization]) => ({ workerId, utilization })),
      overloads: this.#health.overloads,
      scriptErrors: this.#scriptErrors,
      lostLeases: this.#lostLeases,
      endedEarly: this.#ledger !== undefined && !this.#ledger.exhausted,
    });
  }
}
