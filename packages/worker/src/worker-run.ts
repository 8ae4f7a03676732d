import type { Clock, RunState } from '@loadts/core';
import {
  type FeederRowsMessage,
  type MasterMessage,
  type PrepareMessage,
  TEXT_LIMITS,
  type WorkerMessage,
} from '@loadts/protocol';
import { RunFeeders } from './feeders/run-feeders.ts';
import { ConnectionPools } from './http/connection-pools.ts';
import type { RunPreparation } from './run-preparation.ts';
import { RunScript } from './run-script.ts';
import { ScenarioLoads } from './scenario/scenario-loads.ts';
import { Recorder } from './statistics/recorder.ts';
import { SnapshotSender } from './statistics/snapshot-sender.ts';
import { IterationBudget } from './user/iteration-budget.ts';
import { IterationHold } from './user/iteration-hold.ts';
import { PauseFollower } from './user/pause-follower.ts';

/** What a run that has started is told, besides its stop. */
export type RunMessage = Extract<
  MasterMessage,
  { type: 'plan' | 'arrivals' | 'pause' | 'lease' | 'feederRows' | 'refuseEntries' | 'acknowledge' }
>;

export interface WorkerRunOptions {
  readonly preparation: RunPreparation;
  readonly clock: Clock;
  /** Run time zero on this process's clock. */
  readonly startUs: number;
  readonly log: (text: string) => void;
  readonly send: (message: WorkerMessage) => void;
}

/** A name may be one of the run's although this worker is late to use it: it is asked about, up to so many times as many. */
const LOCAL_ENTRIES = 2;
const SECOND_US = 1_000_000;

/** This worker's part of one run, from `start` to the final message. */
export class WorkerRun {
  readonly #options: WorkerRunOptions;
  readonly #startUs: number;
  readonly #recorder: Recorder;
  readonly #snapshots: SnapshotSender;
  readonly #loads: ScenarioLoads;
  readonly #pools: ConnectionPools;
  readonly #budget: IterationBudget | undefined;
  readonly #feeders: RunFeeders;
  /** The last plan after which the master was told that no user is left. */
  #endedGeneration = 0;
  readonly #script: RunScript;
  readonly #hold = new IterationHold();
  readonly #pauses: PauseFollower;
  /** When the last user had ended, in microseconds since time zero. */
  #endedUs: number | undefined;
  #stopping: Promise<void> | undefined;
  #stopped = false;
  #askedToStop = false;
  #cancelTick: () => void = () => {};
  #cancelEnd: () => void = () => {};

  constructor(options: WorkerRunOptions) {
    const { preparation, clock, send } = options;
    const { message } = preparation;
    this.#options = options;
    this.#startUs = options.startUs;
    this.#pauses = new PauseFollower({ ...options, hold: this.#hold });
    this.#snapshots = new SnapshotSender(send);
    this.#recorder = new Recorder({
      startUs: this.#startUs,
      firstInterval: Math.max(0, Math.floor(this.#elapsedUs() / SECOND_US)),
      maxEntries: LOCAL_ENTRIES * message.maxEntries,
      ttfb: message.ttfb,
      countUsers: () => this.#loads.users,
      takeArrivals: () => this.#loads.takeArrivals(),
      onInterval: (record) => this.#snapshots.add(record),
    });
    this.#script = new RunScript({
      ...options,
      recorder: this.#recorder,
      runStartUs: this.#startUs,
      askToStop: (reason) => this.#askToStop(reason),
    });
    const { events, countedErrors } = this.#script;
    this.#budget = message.leased ? new IterationBudget(() => send({ type: 'leaseRequest' })) : undefined;
    this.#pools = new ConnectionPools({
      clock,
      insecure: message.insecure,
      engine: message.httpEngine ?? undefined,
    });
    this.#feeders = new RunFeeders(preparation.feeders, message.feeders, send);
    const environment = {
      clock,
      recorder: this.#recorder,
      runStartUs: this.#startUs,
      events,
      countedErrors,
      seed: message.seed,
      host: message.host ?? undefined,
      pools: this.#pools,
      data: preparation.data,
      args: preparation.args,
      budget: this.#budget,
      hold: this.#hold,
      stopRun: (reason: string) => this.#askToStop(reason),
    };
    this.#loads = new ScenarioLoads({
      scenarios: preparation.scenarios,
      run: message,
      environment,
      onIdle: () => {
        this.#returnLease();
        this.#checkUsersEnded();
      },
      onRampEnd: events.spawningComplete && ((users) => events.spawningComplete?.({ users })),
    });
    this.#tick();
    this.#endByItself();
  }

  get state(): RunState {
    if (this.#stopped) return 'stopped';
    if (this.#stopping) return 'stopping';
    return this.#loads.moving ? 'spawning' : 'running';
  }

  get users(): number {
    return this.#loads.users;
  }

  receive(message: RunMessage): void {
    switch (message.type) {
      case 'plan':
        return void (this.#stopping || this.#budget?.spent || this.#loads.follow(message));
      case 'arrivals':
        return void (this.#stopping ?? this.#loads.follow(message));
      case 'pause':
        return this.#pauses.follow(message);
      case 'lease':
        return this.#lease(message.count);
      case 'feederRows':
        return this.#addRows(message);
      case 'refuseEntries':
        return this.#recorder.refuse(message.entryIds);
      case 'acknowledge':
        return this.#snapshots.acknowledge(message.sequence);
    }
  }

  /** Takes iterations to run; 0 means that there will never be more. */
  #lease(count: number): void {
    this.#budget?.grant(count);
    if (count === 0) void this.#endIterations();
    else if (this.#loads.isIdle) this.#returnLease();
  }

  #addRows(message: FeederRowsMessage): void {
    this.#feeders.add(message);
    this.#checkUsersEnded();
  }

  recordStray(thrown: unknown): void {
    this.#script.recordStray(thrown);
  }

  /** How much silence of the master it bears. */
  get limits(): Pick<PrepareMessage, 'pauseAfterMs' | 'endAfterMs'> {
    return this.#options.preparation.message;
  }

  /** Whether the last word was sent: nothing waits any more. */
  get hasReported(): boolean {
    return this.#snapshots.hasEnded;
  }

  /** The master is silent: users begin no further iteration until `proceed`. */
  pause(): void {
    this.#hold.hold('silence');
  }

  proceed(): void {
    this.#hold.release('silence');
  }

  /** Lets the users finish and sends all that was measured. */
  async stop(): Promise<void> {
    if (this.#loads.isEnding) return;
    this.#stopping ??= this.#drain(this.#options.preparation.message.stopTimeoutMs);
    return this.#stopping;
  }

  /** Cuts the users off: nobody is there any more to report to. */
  abort(): Promise<void> {
    this.#feeders.close();
    this.#stopping = this.#drain(0);
    return this.#stopping;
  }

  #returnLease(): void {
    const count = this.#budget?.release() ?? 0;
    if (count > 0) this.#options.send({ type: 'leaseReturn', count });
  }

  /** Users that ended for want of rows are not replaced: where all did, the run is over. */
  #checkUsersEnded(): void {
    const { moving, generation, users } = this.#loads;
    if (!this.#feeders.endsUsers || users > 0 || moving || this.#stopping) return;
    if (generation === this.#endedGeneration) return;
    this.#endedGeneration = generation;
    this.#options.send({ type: 'usersEnded', generation });
  }

  async #endIterations(): Promise<void> {
    this.#loads.stopFollowing();
    await this.#loads.end();
    this.#options.send({ type: 'leaseEnd' });
  }

  /** Once is enough, and a run that stops already needs no reason. */
  #askToStop(reason: string): void {
    if (this.#askedToStop || this.#stopping) return;
    this.#askedToStop = true;
    this.#options.send({ type: 'stopRun', reason: reason.slice(0, TEXT_LIMITS.stopReason) });
  }

  async #drain(timeoutMs: number): Promise<void> {
    this.#cancelEnd();
    this.#pauses.stop();
    this.#loads.stopFollowing();
    await this.#loads.endArrivals();
    this.#script.announceStop(this.#loads.users);
    // A second that is over just now had these users until its end.
    this.#recorder.advance(this.#options.clock.nowUs());
    await this.#loads.drain(timeoutMs);
    this.#pools.close();
    this.#endedUs ??= this.#elapsedUs();
    await this.#script.end();
    this.#cancelTick();
    if (this.#stopped) return;
    this.#stopped = true;
    const inFlightUs = this.#recorder.inFlightUs(this.#startUs + this.#endedUs);
    this.#snapshots.finish(this.#recorder.finish(), { endedUs: this.#endedUs, inFlightUs });
  }

  #elapsedUs(): number {
    return this.#options.clock.nowUs() - this.#startUs;
  }

  /** Wakes at each second of the run, to send the one before also when nothing happens. */
  #tick(): void {
    const elapsedUs = this.#elapsedUs();
    this.#recorder.advance(this.#startUs + elapsedUs);
    this.#checkUsersEnded();
    const restUs = SECOND_US - (elapsedUs % SECOND_US);
    this.#cancelTick = this.#options.clock.schedule(restUs / 1_000, () => this.#tick());
  }

  /** The plan's end holds even if the master is gone. */
  #endByItself(): void {
    const { clock, preparation } = this.#options;
    const { endUs } = preparation.message;
    if (endUs === null) return;
    const restUs = endUs - this.#elapsedUs();
    this.#cancelEnd = clock.schedule(Math.max(0, restUs / 1_000), () => void this.stop());
  }
}
