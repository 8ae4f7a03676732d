import { type Clock, canFollow, type RunReport, type RunState, type ShapeContext } from '@loadts/core';
import type { OpenFeeder } from '../feeders/open-feeders.ts';
import type { LiveState } from '../report/live-view.ts';
import type { Collector } from '../statistics/collector.ts';
import type { WorkerLink, WorkMessage } from '../worker/worker-link.ts';
import { type ArrivalControl, createArrivalControl } from './arrival-control.ts';
import { concludeRun } from './conclude-run.ts';
import { Delivery } from './delivery.ts';
import { describeLive } from './describe-live.ts';
import { createLatch } from './latch.ts';
import { Leases } from './leases.ts';
import type { LoadSource } from './load-source.ts';
import { Measurements } from './measurements.ts';
import { Preparation } from './preparation.ts';
import { RunMembers } from './run-members.ts';
import type { RunObserver } from './run-observer.ts';
import type { RunSettings } from './run-settings.ts';
import { Steering } from './steering.ts';
import { Turnover } from './turnover.ts';

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
  readonly observer: RunObserver;
  /** Called about once a second. */
  readonly onUpdate: (state: LiveState) => void;
}

const SECOND_US = 1_000_000;

/** One run from the first plan to the report. */
export class RunController {
  readonly #options: RunControllerOptions;
  readonly #measurements: Measurements;
  readonly #collector: Collector;
  readonly #arrivals: ArrivalControl | undefined;
  readonly #steering: Steering | ArrivalControl;
  readonly #members: RunMembers;
  readonly #turnover: Turnover;
  readonly #delivery: Delivery;
  readonly #scriptErrors: string[] = [];
  readonly #leases: Leases;
  readonly #preparation: Preparation;
  readonly #loadEnded = createLatch();
  /** Time zero: when every worker is prepared. */
  #startUs: number;
  #startedMs = Date.now();
  #state: RunState = 'ready';
  #isStopped = false;
  #peakUsers = 0;
  /** One sentence, where a user or a threshold ended the run. */
  #stopReason: string | undefined;
  /** When the load had ended. */
  #loadUs = 0;
  /** That, and the last user of the workers that have delivered. */
  #durationUs = 0;
  #cancelTick: () => void = () => {};

  constructor(options: RunControllerOptions) {
    const { clock, settings, workers } = options;
    this.#options = options;
    this.#members = new RunMembers(workers);
    const ids = workers.map(({ id }) => id);
    const elapsedUs = (): number => this.#elapsedUs();
    this.#measurements = new Measurements({
      settings,
      workerIds: ids,
      elapsedUs,
      observer: options.observer,
      onAbort: (reason) => this.#stopFor(reason),
    });
    this.#collector = this.#measurements.collector;
    this.#leases = new Leases({
      iterations: settings.iterations,
      feeders: options.feeders,
      seed: settings.seed,
      workerIds: ids,
      send: (id, message) => this.#members.send(id, message),
      failed: (problem) => this.#fail(problem),
    });
    this.#preparation = new Preparation(workers, settings, this.#leases.feederHeaders);
    this.#startUs = clock.nowUs();
    const steered = { workerIds: ids, elapsedUs, announce: () => this.#announcePlan() };
    this.#arrivals = createArrivalControl(settings, steered);
    this.#steering =
      this.#arrivals ??
      new Steering({ ...steered, classes: settings.classes, createLoad: options.createLoad });
    this.#delivery = new Delivery(clock, this.#collector, settings);
    this.#turnover = new Turnover({
      members: this.#members,
      collector: this.#collector,
      steering: this.#steering,
      leases: this.#leases,
      preparation: this.#preparation,
      observer: options.observer,
      elapsedUs,
      phase: () => (this.#hasLoad ? 'load' : this.#state === 'ready' ? 'ready' : 'stopping'),
      deserted: () => this.stop(),
    });
  }

  /**
   * Resolves with the report once everything that can be collected is.
   * @throws LoadtsError `RUN_START_FAILED` where the script's `onRunStart` fails on a worker.
   */
  async run(): Promise<RunReport> {
    const problem = await this.#preparation.run();
    if (!problem && !this.#isStopped) await this.#carryOut();
    this.#enter('stopping');
    this.#update();
    this.#members.broadcast(() => ({ type: 'stop' }));
    await this.#delivery.wait();
    this.#scriptErrors.push(...(await this.#options.afterDrain()));
    this.#cancelTick();
    this.#enter('stopped');
    if (problem) throw problem;
    return this.#conclude();
  }

  /** Ends the load; users finish what they are at. */
  stop(): void {
    this.#isStopped = true;
    this.#preparation.cancel();
    this.#loadEnded.open();
  }

  /** @throws LoadtsError `MESSAGE_INVALID` for a snapshot that cannot be right; nothing of it is counted. */
  receive(link: WorkerLink, message: WorkMessage): void {
    if (message.type === 'leaving') return this.#turnover.retire(link);
    if (!this.#members.accepts(link.id, message.type)) return;
    if (message.type === 'prepared') {
      if (this.#members.isLate(link.id)) this.#turnover.admit(link, message.problem);
      else this.#preparation.take(link.id, message.problem);
    } else {
      this.#receiveWork(link, message);
    }
  }

  #receiveWork(link: WorkerLink, message: WorkMessage): void {
    if (message.type === 'status') {
      if (this.#hasLoad) this.#measurements.takeStatus(link, message);
    } else if (message.type === 'snapshot') {
      this.#measurements.takeSnapshot(link, message);
      this.#delivery.check();
    } else if (message.type === 'final') {
      this.#collector.finish(link.id, message);
      this.#durationUs = Math.max(this.#durationUs, Math.min(message.endedUs, this.#elapsedUs()));
      this.#delivery.check();
      if (this.#members.isLeaving(link.id)) this.#turnover.release(link);
    } else if (message.type === 'stopRun' && this.#state !== 'stopping') {
      this.#stopFor(`the script stopped the run: ${message.reason}`);
    } else {
      this.#leases.receive(link.id, message);
      this.#checkOver();
    }
  }

  /** A worker that comes while the run goes on takes its share, once it is prepared. */
  join(link: WorkerLink): void {
    this.#turnover.join(link);
  }

  get #hasLoad(): boolean {
    return this.#state === 'spawning' || this.#state === 'running';
  }

  /** @returns whether there is nothing left to do */
  #checkOver(): boolean {
    if (!this.#leases.isOver(this.#steering)) return false;
    this.stop();
    return true;
  }

  #stopFor(reason: string): void {
    this.#stopReason ??= reason;
    this.stop();
  }

  /** The script did something wrong, or its data: the run ends and says so. */
  #fail(problem: string): void {
    this.#scriptErrors.push(problem);
    this.stop();
  }

  /** A worker that was missing is back, to deliver what it has. */
  restore(link: WorkerLink): void {
    this.#turnover.restore(link);
  }

  /** A worker is gone. */
  lose(link: WorkerLink, reason: string): void {
    const wasMember = this.#turnover.lose(link, reason);
    this.#delivery.check();
    if (!wasMember || this.#state === 'stopping') return;
    const { onWorkerLoss } = this.#options.settings;
    if (this.#members.active.length === 0 || onWorkerLoss === 'stop') return this.stop();
    if (this.#checkOver()) return;
    if (onWorkerLoss === 'rebalance') this.#steering.removeWorker(link.id, this.#state !== 'ready');
  }

  #elapsedUs(): number {
    return this.#options.clock.nowUs() - this.#startUs;
  }

  #enter(state: RunState): void {
    if (canFollow(this.#state, state)) this.#state = state;
  }

  async #carryOut(): Promise<void> {
    this.#startUs = this.#options.clock.nowUs();
    this.#startedMs = Date.now();
    this.#options.observer.start(this.#startedMs, this.#members.facts);
    this.#members.broadcast(() => ({ type: 'start', elapsedUs: this.#elapsedUs() }));
    this.#enter('spawning');
    this.#tick();
    this.#turnover.joinEarly();
    await this.#loadEnded.opened;
    this.#loadUs = this.#elapsedUs();
    this.#durationUs = this.#loadUs;
    this.#measurements.endLoad(this.#durationUs / SECOND_US);
    this.#notePeak();
  }

  #announcePlan(): void {
    this.#enter('spawning');
    this.#members.broadcast((workerId) => this.#steering.messageFor(workerId));
  }

  /** Once a second, also while the users finish. */
  #tick(): void {
    const { clock, settings } = this.#options;
    const elapsedUs = this.#elapsedUs();
    if (this.#state !== 'stopping') this.#steer(elapsedUs);
    if (this.#state !== 'stopping') this.#notePeak();
    this.#measurements.advance(elapsedUs / SECOND_US);
    this.#update();
    const nextUs = (Math.floor(elapsedUs / SECOND_US) + 1) * SECOND_US;
    const endUs = (settings.runTimeMs ?? Infinity) * 1_000;
    const wakeUs = elapsedUs < endUs ? Math.min(nextUs, endUs) : nextUs;
    this.#cancelTick = clock.schedule((wakeUs - elapsedUs) / 1_000, () => this.#tick());
  }

  #steer(elapsedUs: number): void {
    const { runTimeMs } = this.#options.settings;
    if (runTimeMs !== undefined && elapsedUs >= runTimeMs * 1_000) return this.stop();
    try {
      const wanted = this.#steering.steer();
      if (!wanted) return this.stop();
      this.#measurements.noteStage(elapsedUs / SECOND_US, wanted.stage);
    } catch (error) {
      return this.#fail(error instanceof Error ? error.message : String(error));
    }
    if (!this.#steering.isCarriedOut) return;
    this.#enter('running');
    this.#measurements.noteTargetReached(elapsedUs / SECOND_US);
  }

  #notePeak(): void {
    this.#peakUsers = Math.max(this.#peakUsers, this.#steering.plannedUsers);
  }

  #update(): void {
    this.#options.onUpdate(
      describeLive({
        state: this.#state,
        settings: this.#options.settings,
        collector: this.#collector,
        elapsedSeconds: this.#elapsedUs() / SECOND_US,
        workers: this.#members.active,
        expectedWorkers: this.#members.joined,
        targetUsers: this.#state === 'stopping' ? 0 : this.#steering.users,
      }),
    );
  }

  #conclude(): RunReport {
    return concludeRun({
      settings: this.#options.settings,
      ...this.#measurements.conclude(),
      startedAt: new Date(this.#startedMs).toISOString(),
      durationSeconds: this.#durationUs / SECOND_US,
      loadUs: this.#loadUs,
      arrivals: this.#arrivals,
      peakUsers: this.#peakUsers,
      stopReason: this.#stopReason,
      scriptErrors: this.#scriptErrors,
      lostLeases: this.#leases.lost,
      notes: [...this.#turnover.notes, ...this.#leases.left],
      endedEarly: this.#leases.hasIterationsLeft,
    });
  }
}
