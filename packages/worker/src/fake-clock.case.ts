import type { Clock } from '@loadts/core';

interface Alarm {
  readonly dueUs: number;
  readonly wake: () => void;
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #nowUs: number;
  #alarms: Alarm[] = [];

  constructor(nowUs = 0) {
    this.#nowUs = nowUs;
  }

  /** Alarms that wait. */
  get pending(): number {
    return this.#alarms.length;
  }

  nowUs(): number {
    return this.#nowUs;
  }

  schedule(delayMs: number, wake: () => void): () => void {
    // Never in the same moment, as timers never are.
    const alarm = { dueUs: this.#nowUs + Math.max(1, Math.ceil(delayMs * 1_000 - 1e-6)), wake };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  /** Lets time pass at once: the alarms ring late, as on a busy event loop. */
  jump(ms: number): void {
    this.#nowUs += Math.round(ms * 1_000);
  }

  /** Lets time pass; every alarm rings at its moment, and what hangs on it happens before the next. */
  async advance(ms: number): Promise<void> {
    const endUs = this.#nowUs + Math.round(ms * 1_000);
    await settle();
    for (let alarm = this.#takeDue(endUs); alarm; alarm = this.#takeDue(endUs)) {
      this.#nowUs = Math.max(this.#nowUs, alarm.dueUs);
      alarm.wake();
      await settle();
    }
    this.#nowUs = endUs;
    await settle();
  }

  #takeDue(endUs: number): Alarm | undefined {
    const [first] = this.#alarms.toSorted((a, b) => a.dueUs - b.dueUs);
    if (!first || first.dueUs > endUs) return undefined;
    this.#alarms = this.#alarms.filter((alarm) => alarm !== first);
    return first;
  }
}

/** Lets everything happen that needs no time: promises, and the turns of `setImmediate`. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets turns of the event loop pass until this holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await settle();
}
