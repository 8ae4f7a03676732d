/** Where a desk takes part in the life of its users. */
export interface SeatKeeper {
  /** The user could run an iteration. @returns the arrival to run it for, if one waits */
  ready(seat: ArrivalSeat): number | undefined;
  /** The user begins no more iterations. */
  left(seat: ArrivalSeat): void;
}

/** HOT: one user's place in an open scenario: it waits here for arrivals, each of which is one iteration. */
export class ArrivalSeat {
  readonly classIndex: number;
  readonly #keeper: SeatKeeper;
  /** Of the current iteration, until its first request takes it. */
  #intendedUs: number | undefined;
  #resume: ((hasArrival: boolean) => void) | undefined;
  #closed = false;
  /** Whether the user has yet to ask for its first arrival. */
  isStarting = true;

  constructor(classIndex: number, keeper: SeatKeeper) {
    this.classIndex = classIndex;
    this.#keeper = keeper;
  }

  /** Whether an iteration may begin; false where the user has to end. */
  next(): boolean | Promise<boolean> {
    if (this.#closed) return false;
    this.#intendedUs = undefined;
    const intendedUs = this.#keeper.ready(this);
    if (intendedUs !== undefined) return this.#begin(intendedUs);
    // The keeper may have given its place to somebody else.
    if (this.#closed) return false;
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  /** An arrival for the user that waits. */
  give(intendedUs: number): void {
    this.#begin(intendedUs);
    this.#end(true);
  }

  /** When the schedule wanted the request: the arrival for the first of an iteration, else the call itself. */
  takeIntended(callUs: number): number {
    const intendedUs = this.#intendedUs ?? callUs;
    this.#intendedUs = undefined;
    return intendedUs;
  }

  /** The user begins no more iterations; the one that it has begun, or was just given, it finishes. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#keeper.left(this);
    this.#end(false);
  }

  #begin(intendedUs: number): boolean {
    this.#intendedUs = intendedUs;
    return true;
  }

  #end(hasArrival: boolean): void {
    const resume = this.#resume;
    this.#resume = undefined;
    resume?.(hasArrival);
  }
}
