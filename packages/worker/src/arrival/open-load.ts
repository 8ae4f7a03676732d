import { ClassSequence, type ClassShare, type Clock } from '@loadts/core';
import type { ArrivalRecord, ArrivalsMessage } from '@loadts/protocol';
import { ArrivalDesk } from './arrival-desk.ts';
import { ArrivalPacer } from './arrival-pacer.ts';

export interface OpenLoadOptions {
  readonly clock: Clock;
  /** The scenario's start on this process's clock. */
  readonly startUs: number;
  /** When the load ends, in microseconds since then; null where nobody knows. */
  readonly endUs: number | null;
  readonly seed: number;
  readonly classes: readonly ClassShare[];
  /** Among all that ever took part in the run. */
  readonly workerIndex: number;
  readonly startUser: (classIndex: number, ordinal: number) => void;
  readonly late: (byUs: number) => void;
}

/** A worker's own ordinals: every `step`th from `first` on. */
interface OrdinalSpace {
  readonly first: number;
  readonly step: number;
}

/** More users than any run has. */
const LATE_ORDINALS = 10_000_000;
/** After so many arrivals, classes come in the same order again. */
const CLASS_PERIOD = 1_024;
/** How far the master's clock may be ahead of this one: then it is better to end by oneself, and lose no arrival. */
const END_TOLERANCE_US = 100_000;

/** This worker's part of an open scenario. */
export class OpenLoad {
  readonly #options: OpenLoadOptions;
  readonly desk: ArrivalDesk;
  readonly #pacer: ArrivalPacer;
  readonly #classOf: Uint16Array;
  /** Users started, by class. */
  readonly #made: number[];
  #ordinals: OrdinalSpace = { first: 0, step: 1 };

  constructor(options: OpenLoadOptions) {
    const { classes, startUs } = options;
    this.#options = options;
    this.#classOf = dealClasses(classes);
    this.#made = classes.map(() => 0);
    this.desk = new ArrivalDesk({
      classes: classes.length,
      startUser: (classIndex) => this.#startUser(classIndex),
    });
    this.#pacer = new ArrivalPacer({
      ...options,
      startUs,
      endUs: options.endUs ?? Number.POSITIVE_INFINITY,
      arrive: (index, intendedUs) =>
        this.desk.arrive(this.#classOf[index % CLASS_PERIOD] as number, intendedUs),
      changed: (message) => this.desk.configure(message),
    });
  }

  get generation(): number {
    return this.#pacer.generation;
  }

  /** Whether the end is so close that there is no need to be told. */
  get isEnding(): boolean {
    const { clock, startUs, endUs } = this.#options;
    if (endUs === null) return false;
    const restUs = endUs - (clock.nowUs() - startUs);
    return restUs > 0 && restUs <= END_TOLERANCE_US;
  }

  follow(message: ArrivalsMessage): void {
    const { from, worker, workers } = message;
    // Those that are there when it begins share the first ordinals out among themselves.
    if (from === 0 && this.#made.every((made) => made === 0))
      this.#ordinals = { first: worker, step: workers };
    else if (this.generation === 0) {
      this.#ordinals = { first: (this.#options.workerIndex + 1) * LATE_ORDINALS, step: 1 };
    }
    this.#pacer.follow(message);
  }

  /** Lets the arrivals come that are due, and no more. Resolves when users that just started had their chance. */
  async end(): Promise<void> {
    this.#pacer.stop();
    await new Promise((resolve) => setImmediate(resolve));
    this.desk.close();
  }

  /** What became of the arrivals since the last call; null where this worker has no share in them. */
  takeCounts(): Omit<ArrivalRecord, 'scenario'> | null {
    if (this.#pacer.generation === 0) return null;
    return { next: this.#pacer.next, ...this.desk.takeCounts() };
  }

  #startUser(classIndex: number): void {
    const { first, step } = this.#ordinals;
    const made = this.#made[classIndex] as number;
    this.#made[classIndex] = made + 1;
    this.#options.startUser(classIndex, first + made * step);
  }
}

/** The class of each arrival, by weight alone: a fixed number of users means nothing where users come as needed. */
function dealClasses(classes: readonly ClassShare[]): Uint16Array {
  const hasWeights = classes.some(({ weight }) => weight > 0);
  const shares = classes.map(({ weight }) => ({ weight: hasWeights ? weight : 1, fixedCount: 0 }));
  const sequence = new ClassSequence(shares);
  return Uint16Array.from({ length: CLASS_PERIOD }, (_, position) => sequence.classOf(position));
}
