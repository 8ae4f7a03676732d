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
  /**
   * Whether what was measured of a level is not to be trusted, so that it is measured again. What the third time brings
   * counts without being asked for.
   */
  readonly isDisturbed?: () => boolean;
  /** Called after each level. */
  readonly onMeasured?: (measurement: LevelMeasurement) => void;
}

type Phase = 'measure' | 'recover' | 'done';

/** What a search is doing. */
export interface SearchProgress {
  /** `recover`: the target works off what a level left behind that was too much. */
  readonly phase: 'settle' | 'measure' | 'recover';
  /** The one that is looked at, or comes next. */
  readonly level: number;
  /** What was measured of it so far. */
  readonly soFar: LevelMeasurement | undefined;
  readonly levelSeconds: number;
}

/** Until a change of the level is carried out everywhere. */
const LEAD_SECONDS = 1;
const MAX_RECOVER_SECONDS = 30;
const RECOVERED = 1.5;
const RECOVERED_MS = 5;
const MAX_REPEATS = 2;
/** So much of a level's time must be over before it can have failed plainly. */
const EARLY_SHARE = 0.5;

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
  /** How often this level was measured in vain. */
  #repeats = 0;
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

  get progress(): SearchProgress {
    const { levelSeconds } = this.#options;
    const level = this.#target;
    if (this.#phase === 'recover') return { phase: 'recover', level, soFar: undefined, levelSeconds };
    const soFar = this.#window.seconds === 0 ? undefined : this.#window.measure(level);
    return { phase: soFar ? 'measure' : 'settle', level, soFar, levelSeconds };
  }

  /** Whether a second of the run decides over a level. Ask before it is taken. */
  isMeasured(second: number): boolean {
    return this.#phase === 'measure' && second >= this.#fromSecond;
  }

  /** @param elapsedSeconds of the run: later than the second, since its numbers have to come in first */
  take(second: SearchSecond, elapsedSeconds: number): void {
    if (this.#phase === 'done' || second.second < this.#fromSecond) return;
    this.#window.take(second);
    if (this.#phase === 'recover') this.#checkRecovered(elapsedSeconds);
    else this.#checkLevel(elapsedSeconds);
  }

  #checkLevel(elapsedSeconds: number): void {
    const { levelSeconds, isOpen } = this.#options;
    const window = this.#window;
    const isOver = window.seconds >= levelSeconds;
    // By rate, work piles up as long as it is too much: all of it would have to be waited for.
    const mayEndEarly = isOpen && window.seconds >= levelSeconds * EARLY_SHARE;
    if (!isOver && !mayEndEarly) return;
    const measurement = window.measure(this.#target);
    const hasFailedPlainly = measurement.isClear && ['missed', 'dropped'].includes(measurement.outcome);
    if (!isOver && !hasFailedPlainly) return;
    if (!window.isStable && !this.#isExtended && !hasFailedPlainly) {
      // It may not have settled yet: one more window decides.
      this.#isExtended = true;
      this.#window = new LevelWindow(this.#options.objectives);
      return;
    }
    this.#finishLevel(measurement, elapsedSeconds);
  }

  #finishLevel(measured: LevelMeasurement, elapsedSeconds: number): void {
    if (this.#repeats < MAX_REPEATS && this.#options.isDisturbed?.()) {
      this.#repeats++;
      this.#begin(this.#mustRecover(measured) ? 'recover' : 'measure', elapsedSeconds);
      return;
    }
    this.#repeats = 0;
    const measurement = judgeSaturation(measured, this.#measurements, this.#options);
    this.#measurements.push(measurement);
    this.#options.onMeasured?.(measurement);
    const step = nextLevel(this.#options, this.#measurements);
    if (step.kind === 'done') {
      this.#phase = 'done';
      this.#conclusion = { ceiling: step.ceiling, failsAt: step.failsAt };
      return;
    }
    this.#begin(this.#mustRecover(measurement) ? 'recover' : 'measure', elapsedSeconds);
    this.#target = step.level;
  }

  /** By rate, a level that was too much leaves work behind, which has to be done first. */
  #mustRecover({ outcome, level }: LevelMeasurement): boolean {
    return this.#options.isOpen && outcome !== 'held' && level > this.#options.from;
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
