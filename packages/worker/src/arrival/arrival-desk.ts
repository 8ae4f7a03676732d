import type { WhenBusy } from '@loadts/core';
import type { ArrivalRecord } from '@loadts/protocol';
import { ArrivalQueue } from './arrival-queue.ts';
import { ArrivalSeat, type SeatKeeper } from './arrival-seat.ts';

export interface ArrivalDeskOptions {
  readonly classes: number;
  /** Starts one more user of the class, which takes its seat at this desk. */
  readonly startUser: (classIndex: number) => void;
}

/** One user class at the desk. */
interface Line {
  /** Users that wait; the one that came last is served first, so that few users keep warm connections. */
  readonly idle: ArrivalSeat[];
  /** Arrivals without a user: queued, or for users that are starting. */
  readonly waiting: ArrivalQueue;
  starting: number;
}

const NOTHING = { asked: 0, started: 0, dropped: 0, left: 0, queuedMost: 0 };

/** HOT: brings arrivals and users together, and counts what becomes of each arrival. */
export class ArrivalDesk implements SeatKeeper {
  readonly #options: ArrivalDeskOptions;
  readonly #lines: readonly Line[];
  #whenBusy: WhenBusy = 'drop';
  #maxUsers = 0;
  /** Users that have a seat. */
  #users = 0;
  #closed = false;
  #counts = { ...NOTHING };

  constructor(options: ArrivalDeskOptions) {
    this.#options = options;
    this.#lines = Array.from({ length: options.classes }, () => ({
      idle: [],
      waiting: new ArrivalQueue(),
      starting: 0,
    }));
  }

  configure({ maxUsers, whenBusy }: { readonly maxUsers: number; readonly whenBusy: WhenBusy }): void {
    this.#maxUsers = maxUsers;
    this.#whenBusy = whenBusy;
    this.#endSurplus();
  }

  /** An arrival of this class, at this moment on the clock. */
  arrive(classIndex: number, intendedUs: number): void {
    const line = this.#lines[classIndex];
    if (!line || this.#closed) return;
    this.#counts.asked++;
    const seat = line.idle.pop();
    if (seat) {
      this.#counts.started++;
      seat.give(intendedUs);
    } else if (this.#makeRoom(line)) {
      line.waiting.push(intendedUs);
      line.starting++;
      this.#options.startUser(classIndex);
    } else if (this.#whenBusy === 'queue') {
      line.waiting.push(intendedUs);
      this.#counts.queuedMost = Math.max(this.#counts.queuedMost, this.#queued);
    } else {
      this.#counts.dropped++;
    }
  }

  /** A user that was just started takes its seat. */
  sit(classIndex: number): ArrivalSeat {
    this.#users++;
    return new ArrivalSeat(classIndex, this);
  }

  ready(seat: ArrivalSeat): number | undefined {
    const line = this.#lines[seat.classIndex] as Line;
    this.#endStart(line, seat);
    const intendedUs = line.waiting.shift();
    if (intendedUs !== undefined) {
      this.#counts.started++;
    } else if (this.#closed || this.#replace(line)) {
      seat.close();
    } else {
      line.idle.push(seat);
    }
    return intendedUs;
  }

  left(seat: ArrivalSeat): void {
    const line = this.#lines[seat.classIndex] as Line;
    this.#users--;
    this.#endStart(line, seat);
    const index = line.idle.lastIndexOf(seat);
    if (index >= 0) line.idle.splice(index, 1);
    // Its user never came so far as to run the iteration.
    if (this.#whenBusy === 'drop') this.#counts.dropped += line.waiting.cutTo(line.starting);
  }

  /** The load is over: what waits for a user now never starts. */
  close(): void {
    this.#closed = true;
    for (const line of this.#lines) this.#counts.left += line.waiting.cutTo(0);
  }

  /** What became of arrivals since the last call. */
  takeCounts(): Omit<ArrivalRecord, 'scenario' | 'next'> {
    const counts = this.#counts;
    this.#counts = { ...NOTHING, queuedMost: this.#queued };
    return counts;
  }

  /** Whether a user may be added; one of another class that waits gives its place. */
  #makeRoom(line: Line): boolean {
    if (this.#users < this.#maxUsers) return true;
    const other = this.#lines.find((candidate) => candidate !== line && candidate.idle.length > 0);
    other?.idle.at(-1)?.close();
    return other !== undefined;
  }

  /** Fewer users are allowed than there are: those that wait end now, the others after their iteration. */
  #endSurplus(): void {
    for (const { idle } of this.#lines) {
      while (this.#users > this.#maxUsers && idle.length > 0) idle.at(-1)?.close();
    }
  }

  /** Starts a user of another class that has arrivals to serve. @returns whether there was one */
  #replace(own: Line): boolean {
    if (this.#users > this.#maxUsers) return true;
    const index = this.#lines.findIndex((line) => line !== own && line.waiting.length > line.starting);
    const line = this.#lines[index];
    if (!line) return false;
    line.starting++;
    this.#options.startUser(index);
    return true;
  }

  #endStart(line: Line, seat: ArrivalSeat): void {
    if (seat.isStarting) line.starting--;
    seat.isStarting = false;
  }

  /** Arrivals that no user is about to take. */
  get #queued(): number {
    let queued = 0;
    for (const { waiting, starting } of this.#lines) queued += Math.max(0, waiting.length - starting);
    return queued;
  }
}
