import type { ArrivalRecord } from '@loadts/protocol';

type Counts = Pick<ArrivalRecord, 'asked' | 'started' | 'dropped'>;

/** Rates are means over so many seconds; what comes later than that is in the totals alone. */
const WINDOW_SECONDS = 10;

/** What became of the arrivals of the last seconds, for a live view. */
export class RecentArrivals {
  readonly #seconds = new Map<number, Counts>();
  #dropped = 0;
  #isOpen = false;

  add(second: number, { asked, started, dropped }: Counts): void {
    const known = this.#seconds.get(second) ?? { asked: 0, started: 0, dropped: 0 };
    this.#seconds.set(second, {
      asked: known.asked + asked,
      started: known.started + started,
      dropped: known.dropped + dropped,
    });
    this.#dropped += dropped;
    this.#isOpen = true;
  }

  /** Over the last seconds but the newest, which may be incomplete; undefined where there is no open scenario. */
  describe(
    elapsedSeconds: number,
  ): { askedPerSecond: number; startedPerSecond: number; dropped: number } | undefined {
    if (!this.#isOpen) return undefined;
    const end = Math.max(0, Math.floor(elapsedSeconds) - 1);
    const from = Math.max(0, end - WINDOW_SECONDS);
    let [asked, started] = [0, 0];
    for (const [second, counts] of this.#seconds) {
      if (second < from) this.#seconds.delete(second);
      else if (second < end) {
        asked += counts.asked;
        started += counts.started;
      }
    }
    const covered = Math.max(1, end - from);
    return { askedPerSecond: asked / covered, startedPerSecond: started / covered, dropped: this.#dropped };
  }
}
