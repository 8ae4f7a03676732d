import type { RunEvent } from '@loadts/core';
import { createLatch } from './latch.ts';
import type { RunEvents } from './run-events.ts';

/** How the load of a run comes to its end; the first reason is the one that counts. */
export class RunEnding {
  readonly #events: RunEvents;
  readonly #latch = createLatch();
  /** What the script did wrong on the master. */
  readonly scriptErrors: string[] = [];
  #hasEnded = false;
  #stopReason: string | undefined;

  constructor(events: RunEvents) {
    this.#events = events;
  }

  /** Resolves when the load is to end. */
  get ended(): Promise<void> {
    return this.#latch.opened;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** For the report, where a user of the script or a threshold ended the run. */
  get stopReason(): string | undefined {
    return this.#stopReason;
  }

  /** @param why one sentence without a full stop */
  end(why: string, by?: 'user'): void {
    this.#end('stop', why, by ? { by } : {});
  }

  /** A user of the script or a threshold ends the run. */
  endFor(reason: string, kind: 'stop' | 'threshold' = 'stop'): void {
    this.#stopReason ??= reason;
    this.#end(kind, reason);
  }

  /** The script did something wrong, or its data. */
  fail(problem: string): void {
    this.scriptErrors.push(problem);
    this.end(`the script failed: ${problem.split('\n', 1)[0]}`);
  }

  #end(kind: 'stop' | 'threshold', why: string, more: Pick<RunEvent, 'by'> = {}): void {
    if (!this.#hasEnded) this.#events.note(kind, why, more);
    this.#hasEnded = true;
    this.#latch.open();
  }
}
