import { LoadtsError } from '../errors.ts';
import type { Feeder, FeederDefinition } from './feeder.ts';

/** A feeder that gets its rows from whoever has loaded the script. */
export class DeclaredFeeder implements Feeder<unknown> {
  readonly definition: FeederDefinition;
  #next: (() => Promise<unknown>) | undefined;

  constructor(definition: FeederDefinition) {
    this.definition = definition;
  }

  /** From now on, `next` gives the rows of one run on this worker. */
  bind(next: () => Promise<unknown>): void {
    this.#next = next;
  }

  next(): Promise<unknown> {
    if (this.#next) return this.#next();
    const { file } = this.definition;
    return Promise.reject(
      new LoadtsError('FEEDER_MISUSED', `next() of ${file} was called where there are no rows`, {
        hint: 'call next() in a task, onStart or onStop of a user; setup, teardown and shapes read files themselves',
      }),
    );
  }
}
