import type { Clock } from '@loadts/core';
import type { PauseMessage } from '@loadts/protocol';
import type { IterationHold } from './iteration-hold.ts';

export interface PauseFollowerOptions {
  readonly clock: Clock;
  /** Run time zero on this process's clock. */
  readonly startUs: number;
  readonly hold: IterationHold;
}

/** Holds the users when the master pauses the run, and lets them go on. */
export class PauseFollower {
  readonly #options: PauseFollowerOptions;
  #cancel: () => void = () => {};

  constructor(options: PauseFollowerOptions) {
    this.#options = options;
  }

  /** The newest message holds. */
  follow({ paused, atUs }: PauseMessage): void {
    const { clock, startUs, hold } = this.#options;
    this.#cancel();
    const apply = (): void => (paused ? hold.hold('pause') : hold.release('pause'));
    const restUs = atUs - (clock.nowUs() - startUs);
    if (restUs <= 0) return apply();
    this.#cancel = clock.schedule(restUs / 1_000, apply);
  }

  /** The run ends: what was still to come does not. */
  stop(): void {
    this.#cancel();
  }
}
