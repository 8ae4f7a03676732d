import {
  type ArrivalPlan,
  type ArrivalShare,
  type Arrivals,
  countOwnStarts,
  createArrivals,
  RateSchedule,
} from '@loadts/core';
import type { ArrivalsMessage } from '@loadts/protocol';
import type { WantedLoad } from './load-source.ts';
import type { RateChange } from './run-control.ts';

export interface ArrivalControlOptions {
  readonly plan: ArrivalPlan;
  readonly seed: number;
  readonly workerIds: readonly number[];
  /** When the load ends, in microseconds since time zero: an arrival due then is none. */
  readonly endUs: number;
  /** Since time zero: the scenario's start. */
  readonly elapsedUs: () => number;
  /** Every worker has a new share. */
  readonly announce: () => void;
}

/** A worker's share from an arrival on; it has none without `share`. */
interface Term {
  readonly from: number;
  readonly share: ArrivalShare | undefined;
}

/** A change of shares reaches every worker before it takes effect. */
const LEAD_US = 1_000_000;
const SECOND_US = 1_000_000;

export interface ArrivalSettings {
  readonly arrivals: ArrivalPlan | undefined;
  readonly seed: number;
  readonly runTimeMs: number | undefined;
}

/** Of an open scenario; undefined for any other. */
export function createArrivalControl(
  { arrivals, seed, runTimeMs }: ArrivalSettings,
  options: Omit<ArrivalControlOptions, 'plan' | 'seed' | 'endUs'>,
): ArrivalControl | undefined {
  const endUs = runTimeMs === undefined ? Number.POSITIVE_INFINITY : Math.round(runTimeMs * 1_000);
  return arrivals && new ArrivalControl({ ...options, plan: arrivals, seed, endUs });
}

/** Shares the arrivals of an open scenario out over the workers, and knows which were a lost one's. */
export class ArrivalControl {
  readonly #options: ArrivalControlOptions;
  readonly #schedule: RateSchedule;
  #arrivals: Arrivals;
  #maxUsers: number;
  /** By the place in the shares. */
  #members: number[];
  readonly #terms = new Map<number, Term[]>();
  #from = 0;
  #generation = 0;
  /** When the latest change of the rate takes effect. */
  #changedUs = 0;

  constructor(options: ArrivalControlOptions) {
    const { plan, seed, workerIds } = options;
    this.#options = options;
    this.#schedule = new RateSchedule(plan.stages);
    this.#arrivals = createArrivals(plan, seed);
    this.#maxUsers = plan.maxUsers;
    this.#members = [...workerIds];
    this.#noteTerms();
  }

  /** Counts the changes; 0 before the first was told. */
  get generation(): number {
    return this.#generation;
  }

  /** Users come as the arrivals need them: nobody plans them. */
  get plannedUsers(): number {
    return 0;
  }

  get isCarriedOut(): boolean {
    return this.#generation > 0;
  }

  /** Begins at the first call; the load ends with its time. */
  steer(): WantedLoad {
    if (this.#generation === 0) {
      this.#generation = 1;
      this.#options.announce();
    }
    return { users: this.users, spawnRate: 'all' };
  }

  /** The most that there may be. */
  get users(): number {
    return this.#maxUsers;
  }

  /** Starts a second that are wanted once the latest change holds, pauses left out. */
  get rate(): number {
    return this.#schedule.wantedRateAt(Math.max(this.#changedUs, this.#options.elapsedUs()) / SECOND_US);
  }

  /** How many workers have arrivals. */
  get sharers(): number {
    return this.#sharers().length;
  }

  /** Takes effect a little later than now. */
  changeRate({ rate, maxUsers }: RateChange): void {
    if (rate !== undefined) this.#reschedule((at) => this.#schedule.change(rate, at));
    if (maxUsers !== undefined) {
      this.#maxUsers = maxUsers;
      this.#share();
    }
    this.#announce();
  }

  /** Nothing starts from a little later on. @returns when, in microseconds since time zero */
  pause(): number {
    const atUs = this.#reschedule((at) => this.#schedule.pause(at));
    this.#announce();
    return atUs;
  }

  /** Starts again a little later, and makes up for nothing. */
  resume(): void {
    this.#reschedule((at) => this.#schedule.resume(at));
    this.#announce();
  }

  /** The others take over its arrivals, a little later than now. */
  removeWorker(workerId: number): void {
    const index = this.#members.indexOf(workerId);
    if (index < 0) return;
    this.#members.splice(index, 1);
    if (this.#isTold) this.#share();
    else this.#noteTerms();
    this.#terms.get(workerId)?.push({ from: this.#from, share: undefined });
    if (this.#isTold) this.#announce();
  }

  /** It takes its share of the arrivals, a little later than now; what it had when it was there before is over. */
  addWorker(workerId: number): void {
    const before = this.#members.indexOf(workerId);
    if (before >= 0) this.#members.splice(before, 1);
    this.#members.push(workerId);
    if (!this.#isTold) return this.#noteTerms();
    this.#share();
    this.#announce();
  }

  /** Its users end by themselves: every worker knows when. */
  end(): void {}

  /** How many arrivals there were to be until the load ended. */
  countAsked(endedUs: number): number {
    const untilUs = Math.min(endedUs, this.#options.endUs - 1);
    return untilUs < 0 ? 0 : this.#arrivals.countDue(untilUs);
  }

  /** How many arrivals of a worker came until the load ended, from number `next` on. */
  countOwn(workerId: number, next: number, endedUs: number): number {
    const end = this.countAsked(endedUs);
    const terms = this.#terms.get(workerId) ?? [];
    let own = 0;
    for (const [i, { from, share }] of terms.entries()) {
      const first = Math.max(next, from);
      const last = Math.min(end, terms[i + 1]?.from ?? end);
      if (share && last > first) own += countOwnStarts(last, share) - countOwnStarts(first, share);
    }
    return own;
  }

  get #isTold(): boolean {
    return this.#generation > 0;
  }

  /** Those that may have users: an arrival must not come where nobody ever can take it. */
  #sharers(): number[] {
    return this.#members.slice(0, this.#maxUsers);
  }

  /** No sooner than every worker has it, and never before a change that was told. @returns when, in microseconds */
  #reschedule(change: (atSeconds: number) => void): number {
    const { plan, seed, elapsedUs } = this.#options;
    this.#changedUs = Math.max(this.#changedUs, elapsedUs() + LEAD_US);
    change(this.#changedUs / SECOND_US);
    this.#arrivals = createArrivals({ ...plan, stages: this.#schedule.stages }, seed);
    return this.#changedUs;
  }

  /** From the first arrival on that is due a little later, the members share them anew. */
  #share(): void {
    this.#from = Math.max(this.#from, this.#arrivals.countDue(this.#options.elapsedUs() + LEAD_US));
    this.#noteTerms();
  }

  #announce(): void {
    this.#generation++;
    this.#options.announce();
  }

  #noteTerms(): void {
    const sharers = this.#sharers();
    for (const [worker, id] of sharers.entries()) {
      const terms = this.#terms.get(id) ?? [];
      terms.push({ from: this.#from, share: { worker, workers: sharers.length } });
      this.#terms.set(id, terms);
    }
  }

  /** Undefined for a worker without a share. */
  messageFor(workerId: number): Omit<ArrivalsMessage, 'scenario'> | undefined {
    const { poisson, whenBusy } = this.#options.plan;
    const maxUsers = this.#maxUsers;
    const sharers = this.#sharers();
    const worker = sharers.indexOf(workerId);
    if (worker < 0) return undefined;
    const workers = sharers.length;
    return {
      type: 'arrivals',
      generation: this.#generation,
      from: this.#from,
      worker,
      workers,
      stages: this.#schedule.stages.map((stage) => ({
        ...stage,
        seconds: Number.isFinite(stage.seconds) ? stage.seconds : null,
      })),
      poisson,
      maxUsers: Math.floor(maxUsers / workers) + (worker < maxUsers % workers ? 1 : 0),
      whenBusy,
    };
  }
}
