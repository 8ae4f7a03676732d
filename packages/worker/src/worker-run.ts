import {
  type Args,
  ClassSequences,
  type Clock,
  type DeclaredFeeder,
  filterTasks,
  LoadtsError,
  type RunState,
  StopRun,
  type UserClass,
} from '@loadts/core';
import {
  type FeederRowsMessage,
  type PlanMessage,
  type StartMessage,
  TEXT_LIMITS,
  type WorkerMessage,
} from '@loadts/protocol';
import { RunFeeders } from './feeders/run-feeders.ts';
import { Recorder } from './statistics/recorder.ts';
import { SnapshotSender } from './statistics/snapshot-sender.ts';
import { describeException } from './user/describe-exception.ts';
import { IterationBudget } from './user/iteration-budget.ts';
import { PlanFollower } from './user/plan-follower.ts';
import { UserPool } from './user/user-pool.ts';

export interface WorkerRunOptions {
  readonly start: StartMessage;
  /** All user classes of the script. */
  readonly userClasses: readonly UserClass[];
  readonly feeders: readonly DeclaredFeeder[];
  readonly clock: Clock;
  /** How long the start message was under way. */
  readonly transitUs: number;
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
  readonly #pool: UserPool;
  readonly #budget: IterationBudget | undefined;
  readonly #feeders: RunFeeders;
  /** The last plan after which the master was told that no user is left. */
  #endedGeneration = 0;
  readonly #follower: PlanFollower;
  #stopping: Promise<void> | undefined;
  #stopped = false;
  #askedToStop = false;
  #cancelTick: () => void = () => {};
  #cancelEnd: () => void = () => {};

  constructor(options: WorkerRunOptions) {
    const { start, clock, send } = options;
    this.#options = options;
    this.#startUs = clock.nowUs() - start.elapsedUs - options.transitUs;
    this.#snapshots = new SnapshotSender(send);
    this.#recorder = new Recorder({
      startUs: this.#startUs,
      maxEntries: LOCAL_ENTRIES * start.maxEntries,
      onInterval: (record) => this.#snapshots.add(record),
    });
    this.#feeders = new RunFeeders(options.feeders, start.feeders, send);
    this.#budget = start.leased ? new IterationBudget(() => send({ type: 'leaseRequest' })) : undefined;
    const environment = {
      clock,
      recorder: this.#recorder,
      seed: start.seed,
      host: start.host ?? undefined,
      insecure: start.insecure,
      data: start.data === null ? undefined : parseFrozen(start.data),
      args: parseFrozen(start.args) as Args,
      budget: this.#budget,
      stopRun: (reason: string) => this.#askToStop(reason),
    };
    this.#pool = new UserPool(selectClasses(options), environment, () => {
      this.#returnLease();
      this.#checkUsersEnded();
    });
    this.#follower = new PlanFollower({
      clock,
      startUs: this.#startUs,
      sequences: new ClassSequences(start.classes),
      pool: this.#pool,
    });
    this.#tick();
    this.#endByItself();
  }

  get state(): RunState {
    if (this.#stopped) return 'stopped';
    if (this.#stopping) return 'stopping';
    return this.#follower.moving ? 'spawning' : 'running';
  }

  get users(): number {
    return this.#pool.size;
  }

  follow(plan: PlanMessage): void {
    if (!this.#stopping && !this.#budget?.spent) this.#follower.follow(plan);
  }

  /** Takes iterations to run; 0 means that there will never be more. */
  lease(count: number): void {
    this.#budget?.grant(count);
    if (count === 0) void this.#endIterations();
    else if (this.#pool.isIdle) this.#returnLease();
  }

  addRows(message: FeederRowsMessage): void {
    this.#feeders.add(message);
    this.#checkUsersEnded();
  }

  refuseEntries(entryIds: readonly number[]): void {
    this.#recorder.refuse(entryIds);
  }

  acknowledge(sequence: number): void {
    this.#snapshots.acknowledge(sequence);
  }

  recordStray(thrown: unknown): void {
    if (thrown instanceof StopRun) return this.#askToStop(`code outside of a task: ${thrown.message}`);
    const { message, readStack } = describeException(thrown, '');
    this.#recorder.exception({ userClass: '(script)', task: 'outside of a task', message }, readStack);
  }

  /** Lets the users finish and sends all that was measured. */
  stop(): Promise<void> {
    this.#stopping ??= this.#drain(this.#options.start.stopTimeoutMs);
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
    const { generation, moving } = this.#follower;
    if (!this.#feeders.endsUsers || this.#pool.size > 0 || moving || this.#stopping) return;
    if (generation === this.#endedGeneration) return;
    this.#endedGeneration = generation;
    this.#options.send({ type: 'usersEnded', generation });
  }

  async #endIterations(): Promise<void> {
    this.#follower.stop();
    await this.#pool.end();
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
    this.#follower.stop();
    await this.#pool.drain(timeoutMs);
    this.#cancelTick();
    if (this.#stopped) return;
    this.#stopped = true;
    this.#snapshots.finish(this.#recorder.finish());
  }

  /** Wakes at each second of the run, to send the one before also when nothing happens. */
  #tick(): void {
    const { clock } = this.#options;
    const elapsedUs = clock.nowUs() - this.#startUs;
    this.#recorder.advance(this.#startUs + elapsedUs);
    this.#checkUsersEnded();
    const restUs = SECOND_US - (elapsedUs % SECOND_US);
    this.#cancelTick = clock.schedule(restUs / 1_000, () => this.#tick());
  }

  /** The plan's end holds even if the master is gone. */
  #endByItself(): void {
    const { clock, start } = this.#options;
    if (start.endUs === null) return;
    const restUs = this.#startUs + start.endUs - clock.nowUs();
    this.#cancelEnd = clock.schedule(Math.max(0, restUs / 1_000), () => void this.stop());
  }
}

/** Frozen, since a user that changes what all share would change it for some of the others only. */
function parseFrozen(json: string): unknown {
  return JSON.parse(json, (_, value: unknown) => Object.freeze(value));
}

/** The classes that take part, in the order of the run's class indexes. */
function selectClasses({ start, userClasses }: WorkerRunOptions): UserClass[] {
  return start.classes.map(({ name }) => {
    const found = userClasses.find((userClass) => userClass.name === name);
    if (found) return { ...found, tasks: filterTasks(found.tasks, start) };
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `the script has no user class ${name} on this worker`, {
      hint: 'a script must export the same classes on every machine',
    });
  });
}
