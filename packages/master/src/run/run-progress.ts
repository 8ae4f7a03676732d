import { type Clock, canFollow, type RunState } from '@loadts/core';

/** What a run is at, roughly. */
export type RunPhase = 'ready' | 'load' | 'stopping';

/** Where a run stands, and since when. */
export class RunProgress {
  readonly #clock: Clock;
  #state: RunState = 'ready';
  #startUs: number | undefined;
  #startedMs = Date.now();
  #loadUs = 0;
  #durationUs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get state(): RunState {
    return this.#state;
  }

  get phase(): RunPhase {
    if (this.#state === 'spawning' || this.#state === 'running') return 'load';
    return this.#state === 'ready' ? 'ready' : 'stopping';
  }

  /** Since time zero; 0 before it. */
  get elapsedUs(): number {
    return this.#startUs === undefined ? 0 : this.#clock.nowUs() - this.#startUs;
  }

  /** Time zero on the wall, since 1970. */
  get startedMs(): number {
    return this.#startedMs;
  }

  /** Time zero is now: every worker is prepared. */
  begin(): void {
    this.#startUs = this.#clock.nowUs();
    this.#startedMs = Date.now();
  }

  /** The load ends now. @returns when that is */
  endLoad(): number {
    this.#loadUs = this.elapsedUs;
    this.noteEnd(this.#loadUs);
    return this.#loadUs;
  }

  /** The last user of a worker has ended, or so it says. */
  noteEnd(endedUs: number): void {
    this.#durationUs = Math.max(this.#durationUs, Math.min(endedUs, this.elapsedUs));
  }

  /** When the load had ended. */
  get loadUs(): number {
    return this.#loadUs;
  }

  /** That, and the last user of the workers that have delivered. */
  get durationUs(): number {
    return this.#durationUs;
  }

  /** Where that may not follow, all stays as it is. */
  enter(state: RunState): void {
    if (canFollow(this.#state, state)) this.#state = state;
  }
}
