import { type ArrivalShare, type Arrivals, type Clock, createArrivals, firstOwnStart } from '@loadts/core';
import type { ArrivalsMessage } from '@loadts/protocol';
import { schedulePrecisely } from './schedule-precisely.ts';

export interface ArrivalPacerOptions {
  readonly clock: Clock;
  /** The scenario's start on this process's clock. */
  readonly startUs: number;
  /** When the load ends, in microseconds since then: an arrival due then is none. */
  readonly endUs: number;
  readonly seed: number;
  /** An arrival, with its number in the whole scenario and its moment on the clock. */
  readonly arrive: (index: number, intendedUs: number) => void;
  /** How late the arrival came. */
  readonly late: (byUs: number) => void;
  /** A message has taken effect. */
  readonly changed: (message: ArrivalsMessage) => void;
}

/** HOT: lets this worker's arrivals come when they are due. Every time is computed from the schedule, none from another. */
export class ArrivalPacer {
  readonly #options: ArrivalPacerOptions;
  #generation = 0;
  #arrivals: Arrivals | undefined;
  /** Those that `#arrivals` is made of, as JSON. */
  #stages: string | undefined;
  #share: ArrivalShare = { worker: 0, workers: 1 };
  /** Shares that hold from a later arrival on. */
  #later: ArrivalsMessage[] = [];
  /** No arrival before this one is still to come. */
  #passed = 0;
  /** The next own arrival. */
  #next = 0;
  #dueUs = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => {};

  constructor(options: ArrivalPacerOptions) {
    this.#options = options;
  }

  /** Of the newest message. */
  get generation(): number {
    return this.#generation;
  }

  /** All own arrivals before this one have come. */
  get next(): number {
    return this.#passed;
  }

  /** From its first arrival on, a message replaces all that are older. */
  follow(message: ArrivalsMessage): void {
    if (message.generation <= this.#generation) return;
    const isFirst = this.#generation === 0;
    this.#generation = message.generation;
    this.#schedule(message);
    this.#later = this.#later.filter(({ from }) => from < message.from);
    this.#later.push(message);
    // Nothing was this worker's own before.
    if (isFirst) this.#passed = message.from;
    this.#find();
    this.#wake();
  }

  /** No more arrivals, after those that are due. */
  stop(): void {
    this.#fire();
    this.#cancel();
    this.#dueUs = Number.POSITIVE_INFINITY;
    this.#arrivals = undefined;
  }

  /** A changed rate holds at once: it only ever differs in what is still to come. */
  #schedule({ poisson, stages }: ArrivalsMessage): void {
    const text = JSON.stringify(stages);
    if (text === this.#stages) return;
    this.#stages = text;
    this.#arrivals = createArrivals(
      {
        poisson,
        stages: stages.map((stage) => ({ ...stage, seconds: stage.seconds ?? Number.POSITIVE_INFINITY })),
      },
      this.#options.seed,
    );
  }

  #wake(): void {
    this.#cancel();
    this.#fire();
    if (this.#dueUs === Number.POSITIVE_INFINITY) return;
    this.#cancel = schedulePrecisely(this.#options.clock, (this.#dueUs - this.#elapsedUs()) / 1_000, () =>
      this.#wake(),
    );
  }

  #fire(): void {
    const { startUs, arrive, late } = this.#options;
    const elapsedUs = this.#elapsedUs();
    while (this.#dueUs <= elapsedUs) {
      const dueUs = this.#dueUs;
      const index = this.#next;
      this.#passed = index + 1;
      this.#find();
      late(elapsedUs - dueUs);
      arrive(index, startUs + dueUs);
    }
  }

  /** Finds the next own arrival, and when it is due. */
  #find(): void {
    this.#next = firstOwnStart(this.#passed, this.#share);
    let message = this.#later[0];
    while (message !== undefined && message.from <= this.#next) {
      this.#later.shift();
      this.#share = { worker: message.worker, workers: message.workers };
      this.#options.changed(message);
      // The share before had none left.
      this.#passed = Math.max(this.#passed, message.from);
      this.#next = firstOwnStart(this.#passed, this.#share);
      message = this.#later[0];
    }
    const dueUs = this.#arrivals?.timeUs(this.#next) ?? Number.POSITIVE_INFINITY;
    this.#dueUs = dueUs < this.#options.endUs ? dueUs : Number.POSITIVE_INFINITY;
  }

  #elapsedUs(): number {
    return this.#options.clock.nowUs() - this.#options.startUs;
  }
}
