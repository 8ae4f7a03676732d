import type { SecondDelta } from '@loadts/core';
import { SecondFeed, type SecondPart } from '../statistics/second-feed.ts';

interface Moment {
  /** Runs that were told of the second, those in which it was warm, and those in which it was load. */
  told: number;
  warm: number;
  load: number;
}

/** Puts each second of several runs together, as soon as all of them have come to it. */
export class MergedSeconds {
  readonly #feed: SecondFeed;
  /** The last second of each run that has not ended. */
  readonly #open: Map<number, number>;
  readonly #moments = new Map<number, Moment>();

  constructor(runs: number, tell: (delta: Omit<SecondDelta, 'countedFrom'>) => void) {
    this.#open = new Map(Array.from({ length: runs }, (_, run) => [run, -1]));
    this.#feed = new SecondFeed((second) => {
      const { told = 0, warm = 0, load = 0 } = this.#moments.get(second.second) ?? {};
      if (!second.late) this.#moments.delete(second.second);
      tell({ ...second, isWarm: told > 0 && warm === told, isLoad: told === runs && load === told });
    });
  }

  /** The run that is the furthest behind: its records are next. Undefined where all have ended. */
  get next(): number | undefined {
    const [first] = [...this.#open].sort(([, a], [, b]) => a - b);
    return first?.[0];
  }

  add(run: number, { second, isWarm, isLoad, late, ...part }: SecondDelta): void {
    if (!late) {
      const moment = this.#moments.get(second) ?? { told: 0, warm: 0, load: 0 };
      moment.told++;
      if (isWarm) moment.warm++;
      if (isLoad) moment.load++;
      this.#moments.set(second, moment);
    }
    this.#feed.add(second, part satisfies SecondPart);
    this.#open.set(run, Math.max(second, this.#open.get(run) ?? -1));
    this.#advance();
  }

  /** Nothing more comes of this run. */
  end(run: number): void {
    this.#open.delete(run);
    if (this.#open.size === 0) this.#feed.finish();
    else this.#advance();
  }

  #advance(): void {
    // The feed tells a second one second after it is over.
    this.#feed.advance(Math.min(...this.#open.values()) + 2);
  }
}
