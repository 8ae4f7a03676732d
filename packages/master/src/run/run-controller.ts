import type { Clock, RunReport } from '@loadts/core';
import type { MasterMessage } from '@loadts/protocol';
import type { OpenFeeder } from '../feeders/open-feeders.ts';
import type { LiveState } from '../report/live-view.ts';
import type { Collector } from '../statistics/collector.ts';
import type { WorkerLink, WorkMessage } from '../worker/worker-link.ts';
import { concludeRun } from './conclude-run.ts';
import { Delivery } from './delivery.ts';
import { describeLive } from './describe-live.ts';
import { Leases } from './leases.ts';
import { LiveControl } from './live-control.ts';
import { LoadControl, type LoadControlOptions } from './load-control.ts';
import { Measurements } from './measurements.ts';
import { Preparation } from './preparation.ts';
import type { RunControl } from './run-control.ts';
import { RunEnding } from './run-ending.ts';
import { RunEvents } from './run-events.ts';
import { RunMembers } from './run-members.ts';
import type { RunObserver } from './run-observer.ts';
import { RunProgress } from './run-progress.ts';
import type { RunSettings } from './run-settings.ts';
import { Turnover } from './turnover.ts';

export interface RunControllerOptions {
  readonly clock: Clock;
  readonly settings: RunSettings;
  readonly createLoad: LoadControlOptions['createLoad'];
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
  readonly #steering: LoadControl;
  readonly #members: RunMembers;
  readonly #turnover: Turnover;
  readonly #delivery: Delivery;
  readonly #progress: RunProgress;
  readonly #events: RunEvents;
  readonly #ending: RunEnding;
  readonly #live: LiveControl;
  readonly #leases: Leases;
  readonly #preparation: Preparation;
  #peakUsers = 0;
  #cancelTick: () => void = () => {};

  constructor(options: RunControllerOptions) {
    const { clock, settings, workers } = options;
    this.#options = options;
    this.#progress = new RunProgress(clock);
    this.#events = new RunEvents(this.#progress, options.observer);
    this.#ending = new RunEnding(this.#events);
    this.#members = new RunMembers(workers);
    const ids = workers.map(({ id }) => id);
    const elapsedUs = (): number => this.#progress.elapsedUs;
    this.#measurements = new Measurements({
      settings,
      workerIds: ids,
      elapsedUs,
      observer: options.observer,
      onAbort: (reason) => this.#ending.endFor(reason, 'threshold'),
    });
    this.#collector = this.#measurements.collector;
    this.#leases = new Leases({
      iterations: settings.iterations,
      feeders: options.feeders,
      seed: settings.seed,
      workerIds: ids,
      send: (id, message) => this.#members.send(id, message),
      failed: (problem) => this.#ending.fail(problem),
    });
    this.#preparation = new Preparation(workers, settings, this.#leases.feederHeaders);
    this.#steering = new LoadControl({
      settings,
      workerIds: ids,
      createLoad: options.createLoad,
      elapsedUs,
      announce: (messageFor) => this.#announce(messageFor),
    });
    void this.#ending.ended.then(() => this.#preparation.cancel());
    this.#delivery = new Delivery(clock, this.#collector, settings);
    this.#live = new LiveControl({
      settings,
      steering: this.#steering,
      events: this.#events,
      progress: this.#progress,
      members: this.#members,
      collector: this.#collector,
      changed: () => this.#carryOutChange(),
      stop: () => this.stop(),
    });
    this.#turnover = new Turnover({
      members: this.#members,
      collector: this.#collector,
      steering: this.#steering,
      leases: this.#leases,
      preparation: this.#preparation,
      events: this.#events,
      observer: options.observer,
      pauseMessage: () => this.#live.pauseMessage,
      progress: this.#progress,
      ending: this.#ending,
      onWorkerLoss: settings.onWorkerLoss,
      isOver: () => this.#checkOver(),
    });
  }

  /**
   * Resolves with the report once everything that can be collected is.
   * @throws LoadtsError `RUN_START_FAILED` where the script's `onRunStart` fails on a worker.
   */
  async run(): Promise<RunReport> {
    const problem = await this.#preparation.run();
    if (!problem && !this.#ending.hasEnded) await this.#carryOut();
    this.#progress.enter('stopping');
    this.#update();
    this.#members.broadcast(() => ({ type: 'stop' }));
    await this.#delivery.wait();
    this.#ending.scriptErrors.push(...(await this.#options.afterDrain()));
    this.#cancelTick();
    this.#progress.enter('stopped');
    if (problem) throw problem;
    return this.#conclude();
  }

  /** What a person can do to the run while it goes on. */
  get control(): RunControl {
    return this.#live;
  }

  /** A person ends the load; users finish what they are at. */
  stop(): void {
    this.#ending.end('stopped', 'user');
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
      if (this.#progress.phase === 'load') this.#measurements.takeStatus(link, message);
    } else if (message.type === 'snapshot') {
      this.#measurements.takeSnapshot(link, message);
      this.#delivery.check();
    } else if (message.type === 'final') {
      this.#collector.finish(link.id, message);
      this.#progress.noteEnd(message.endedUs);
      this.#delivery.check();
      if (this.#members.isLeaving(link.id)) this.#turnover.release(link);
    } else if (message.type === 'stopRun' && this.#progress.state !== 'stopping') {
      this.#ending.endFor(`the script stopped the run: ${message.reason}`);
    } else {
      this.#leases.receive(link.id, message);
      this.#checkOver();
    }
  }

  /** A worker that comes while the run goes on takes its share, once it is prepared. */
  join(link: WorkerLink): void {
    this.#turnover.join(link);
  }

  /** @returns whether there is nothing left to do */
  #checkOver(): boolean {
    if (!this.#leases.isOver(this.#steering)) return false;
    this.#ending.end('nothing is left to do');
    return true;
  }

  /** A worker that was missing is back, to deliver what it has. */
  restore(link: WorkerLink): void {
    this.#turnover.restore(link);
  }

  /** A worker is gone. */
  lose(link: WorkerLink, reason: string): void {
    this.#turnover.lose(link, reason);
    this.#delivery.check();
  }

  async #carryOut(): Promise<void> {
    this.#progress.begin();
    this.#options.observer.start(this.#progress.startedMs, this.#members.facts);
    this.#members.broadcast(() => ({ type: 'start', elapsedUs: this.#progress.elapsedUs }));
    this.#progress.enter('spawning');
    this.#tick();
    this.#turnover.joinEarly();
    await this.#ending.ended;
    this.#measurements.endLoad(this.#progress.endLoad() / SECOND_US);
    this.#notePeak();
  }

  #announce(messageFor: (workerId: number) => MasterMessage | undefined): void {
    this.#progress.enter('spawning');
    this.#members.broadcast(messageFor);
  }

  /** Once a second, also while the users finish. */
  #tick(): void {
    const { clock } = this.#options;
    const elapsedUs = this.#progress.elapsedUs;
    if (this.#progress.state !== 'stopping') this.#steer(elapsedUs);
    if (this.#progress.state !== 'stopping') this.#notePeak();
    this.#measurements.advance(elapsedUs / SECOND_US);
    this.#update();
    const nextUs = (Math.floor(elapsedUs / SECOND_US) + 1) * SECOND_US;
    const wakeUs = Math.min(nextUs, this.#steering.nextMomentUs(elapsedUs));
    this.#cancelTick = clock.schedule((wakeUs - elapsedUs) / 1_000, () => this.#tick());
  }

  #steer(elapsedUs: number): void {
    const { runTimeMs } = this.#options.settings;
    if (runTimeMs !== undefined && elapsedUs >= runTimeMs * 1_000)
      return this.#ending.end('the run time is over');
    try {
      const stages = this.#steering.steer();
      if (!stages) return this.#ending.end(this.#steering.whyEnded);
      this.#events.noteScenarios(stages);
      this.#measurements.noteStages(elapsedUs / SECOND_US, stages);
    } catch (error) {
      return this.#ending.fail(error instanceof Error ? error.message : String(error));
    }
    if (!this.#steering.isCarriedOut) return;
    this.#progress.enter('running');
    this.#measurements.noteTargetReached(elapsedUs / SECOND_US);
  }

  /** What a person wants now does not wait for the next second. */
  #carryOutChange(): void {
    this.#steer(this.#progress.elapsedUs);
    this.#update();
  }

  #notePeak(): void {
    this.#peakUsers = Math.max(this.#peakUsers, this.#steering.plannedUsers);
  }

  #update(): void {
    this.#options.onUpdate(
      describeLive({
        state: this.#progress.state,
        settings: this.#options.settings,
        collector: this.#collector,
        elapsedSeconds: this.#progress.elapsedUs / SECOND_US,
        workers: this.#members.active,
        expectedWorkers: this.#members.joined,
        isPaused: this.#live.isPaused,
        targetUsers: this.#progress.state === 'stopping' ? 0 : this.#steering.users,
      }),
    );
  }

  #conclude(): RunReport {
    return concludeRun({
      settings: this.#options.settings,
      ...this.#measurements.conclude(),
      startedAt: new Date(this.#progress.startedMs).toISOString(),
      durationSeconds: this.#progress.durationUs / SECOND_US,
      loadUs: this.#progress.loadUs,
      scenarios: this.#steering.scenarios,
      peakUsers: this.#peakUsers,
      stopReason: this.#ending.stopReason,
      scriptErrors: this.#ending.scriptErrors,
      lostLeases: this.#leases.lost,
      notes: [...this.#turnover.notes, ...this.#leases.left, ...this.#live.notes],
      endedEarly: this.#leases.hasIterationsLeft,
    });
  }
}
