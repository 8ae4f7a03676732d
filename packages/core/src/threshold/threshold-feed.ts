import { matchesSelectors, type SampleKey } from './matches-selectors.ts';
import type { Selector } from './threshold.ts';
import { NO_FIGURES, sumFigures, type ThresholdFigures } from './threshold-figures.ts';
import type { ThresholdWatch } from './threshold-watch.ts';

/** Collects each second until it is closed, once for all thresholds that look at the same figures. */
export class ThresholdFeed {
  readonly #selectors: readonly Selector[];
  readonly #watches: readonly ThresholdWatch[];
  readonly #open = new Map<number, ThresholdFigures[]>();
  #lastClosed = -1;
  #hasMatched: boolean;

  constructor(selectors: readonly Selector[], watches: readonly ThresholdWatch[]) {
    this.#selectors = selectors;
    this.#watches = watches;
    this.#hasMatched = selectors.length === 0;
  }

  /** Whether the selectors have matched anything yet. */
  get hasMatched(): boolean {
    return this.#hasMatched;
  }

  matches(key: SampleKey): boolean {
    return matchesSelectors(this.#selectors, key);
  }

  /** Takes figures that match. */
  add(second: number, figures: ThresholdFigures): void {
    this.#hasMatched = true;
    if (second <= this.#lastClosed) {
      for (const watch of this.#watches) watch.takeLate(second, figures, true);
      return;
    }
    const open = this.#open.get(second);
    if (open) open.push(figures);
    else this.#open.set(second, [figures]);
  }

  /** Passes on second by second up to this one. */
  close(lastSecond: number): void {
    for (let second = this.#lastClosed + 1; second <= lastSecond; second++) {
      this.#lastClosed = second;
      const open = this.#open.get(second);
      const figures = open ? sumFigures(open) : NO_FIGURES;
      this.#open.delete(second);
      for (const watch of this.#watches) watch.takeSecond(second, figures);
    }
  }

  /** Passes on what is left in seconds that were never closed. */
  finish(): void {
    for (const [second, open] of this.#open) {
      const figures = sumFigures(open);
      for (const watch of this.#watches) watch.takeLate(second, figures, false);
    }
    this.#open.clear();
  }
}
