import type { Threshold } from '../threshold/threshold.ts';
import type { LevelMeasurement } from './level-measurement.ts';
import { LevelWindow, type SearchSecond } from './level-window.ts';
import { nextLevel, type SearchConclusion, type SearchRange } from './next-level.ts';
import { judgeSaturation } from './saturation.ts';

export interface CapacityFinderOptions extends SearchRange {
  /** What has to hold, as thresholds without clauses. */
  readonly objectives: readonly Threshold[];
  /** Before a level is measured. */
  readonly settleSeconds: number;
  /** How long each level is measured. */
  readonly levelSeconds: number;
  /** Whether levels are rates. Then a level that was too much leaves work behind, which has to be done first. */
  readonly isOpen: boolean;
  /** Called after each level. */
  readonly onMeasured?: (measurement: LevelMeasurement) => void;
}

type Phase = 'measure' | 'recover' | 'done';

/** Until a change of the level is carried out everywhere. */
const LEAD_SECONDS = 1;
const MAX_RECOVER_SECONDS = 30;
const RECOVERED = 1.5;
const RECOVERED_MS = 5;

/**
 * Looks for the highest level of load at which objectives hold. Apply `level`, feed it every second of the run in turn,
 * and look at `level` again, until there is a conclusion.
 */
export class CapacityFinder {
  readonly #options: CapacityFinderOptions;
  readonly #measurements: LevelMeasurement[] = [];
  #phase: Phase = 'measure';
  #target: number;
  /** The first second that counts. */
  #fromSecond: number;
  #window: LevelWindow;
  #isExtended = false;
  #recoverSeconds = 0;
  #conclusion: SearchConclusion | undefined;

  constructor(options: CapacityFinderOptions) {
    this.#options = options;
    this.#target = options.from;
    this.#fromSecond = LEAD_SECONDS + options.settleSeconds;
    this.#window = new LevelWindow(options.objectives);
  }

  /** The load to apply now: users, or iterations a second. */
  get level(): number {
    return this.#phase === 'recover' ? this.#options.from : this.#target;
  }

  get measurements(): readonly LevelMeasurement[] {
    return this.#measurements;
  }

  /** Undefined while the search goes on. */
  get conclusion(): SearchConclusion | undefined {
    return this.#conclusion;
  }

  /** @param elapsedSeconds of the run: later than the second, since its numbers have to come in first */
  take(second: SearchSecond, elapsedSeconds: number): void {
    if (this.#phase === 'done' || second.second < this.#fromSecond) return;
    this.#window.take(second);
    if (this.#phase === 'recover') this.#checkRecovered(elapsedSeconds);
    else if (this.#window.seconds >= this.#options.levelSeconds) this.#finishLevel(elapsedSeconds);
  }

  #finishLevel(elapsedSeconds: number): void {
    const window = this.#window;
    if (!window.isStable && !this.#isExtended) {
      // It may not have settled yet: one more window decides.
      this.#isExtended = true;
      this.#window = new LevelWindow(this.#options.objectives);
      return;
    }
    const measurement = judgeSaturation(window.measure(this.#target), this.#measurements, this.#options);
    this.#measurements.push(measurement);
    this.#options.onMeasured?.(measurement);
    const step = nextLevel(this.#options, this.#measurements);
    if (step.kind === 'done') {
      this.#phase = 'done';
      this.#conclusion = { ceiling: step.ceiling, failsAt: step.failsAt };
      return;
    }
    const mustRecover =
      this.#options.isOpen && measurement.outcome !== 'held' && this.#target > this.#options.from;
    this.#begin(mustRecover ? 'recover' : 'measure', elapsedSeconds);
    this.#target = step.level;
  }

  #checkRecovered(elapsedSeconds: number): void {
    const { p50Ms } = this.#window.measure(this.#options.from);
    const usualMs = this.#measurements.find(({ outcome }) => outcome === 'held')?.p50Ms ?? 0;
    const isUsual = p50Ms !== null && p50Ms <= RECOVERED * usualMs + RECOVERED_MS;
    this.#recoverSeconds++;
    if (isUsual || this.#recoverSeconds >= MAX_RECOVER_SECONDS) this.#begin('measure', elapsedSeconds);
    // Each second is looked at by itself: what was slow before is no matter.
    else this.#window = new LevelWindow(this.#options.objectives);
  }

  #begin(phase: Phase, elapsedSeconds: number): void {
    const { settleSeconds, objectives } = this.#options;
    this.#phase = phase;
    this.#isExtended = false;
    this.#recoverSeconds = 0;
    this.#window = new LevelWindow(objectives);
    const waitSeconds = LEAD_SECONDS + (phase === 'recover' ? 0 : settleSeconds);
    this.#fromSecond = Math.ceil(elapsedSeconds) + waitSeconds;
  }
}
