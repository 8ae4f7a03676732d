import type {
  Clock,
  Events,
  RequestEvent,
  RunStoppingEvent,
  SpawningCompleteEvent,
  UserErrorEvent,
} from '@loadts/core';
import { LISTENERS_MS } from '@loadts/protocol';
import { createEmitter, type Emit } from './create-emitter.ts';

export interface WorkerEventsOptions {
  readonly events: Events;
  readonly clock: Clock;
  /** Takes what a listener of this event threw or rejected with. */
  readonly onFailed: (event: keyof Events, thrown: unknown) => void;
}

/** The script's listeners on this worker. An event without any is undefined: it costs nothing. */
export class WorkerEvents {
  readonly request: Emit<RequestEvent> | undefined;
  readonly userError: Emit<UserErrorEvent> | undefined;
  readonly spawningComplete: Emit<SpawningCompleteEvent> | undefined;
  readonly runStopping: Emit<RunStoppingEvent> | undefined;
  readonly #clock: Clock;
  readonly #pending = new Set<Promise<void>>();

  constructor({ events, clock, onFailed }: WorkerEventsOptions) {
    const options = (name: keyof Events) => ({
      pending: this.#pending,
      onFailed: (thrown: unknown) => onFailed(name, thrown),
    });
    this.#clock = clock;
    this.request = createEmitter(events.request, options('request'));
    this.userError = createEmitter(events.userError, options('userError'));
    this.spawningComplete = createEmitter(events.spawningComplete, options('spawningComplete'));
    this.runStopping = createEmitter(events.runStopping, options('runStopping'));
  }

  /** Waits for promises of listeners, those that come up meanwhile included. @returns whether all settled in time */
  async settle(): Promise<boolean> {
    if (this.#pending.size === 0) return true;
    let isLate = false;
    let cancel = (): void => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#clock.schedule(LISTENERS_MS, () => {
        isLate = true;
        resolve();
      });
    });
    while (this.#pending.size > 0 && !isLate) await Promise.race([late, Promise.all(this.#pending)]);
    cancel();
    return !isLate;
  }
}
