import { type Clock, StopRun } from '@loadts/core';
import { LISTENERS_MS } from '@loadts/protocol';
import { addOwnListeners } from './events/add-own-listeners.ts';
import { WorkerEvents } from './events/worker-events.ts';
import type { RunPreparation } from './run-preparation.ts';
import type { Recorder } from './statistics/recorder.ts';
import { describeException } from './user/describe-exception.ts';

export interface RunScriptOptions {
  readonly preparation: RunPreparation;
  readonly clock: Clock;
  readonly recorder: Recorder;
  readonly runStartUs: number;
  readonly log: (text: string) => void;
  /** The script wants the whole run to end. */
  readonly askToStop: (reason: string) => void;
}

/** What a script does in a run on this worker beside its users: listeners, `onRunStop`, and code that got out of hand. */
export class RunScript {
  readonly #options: RunScriptOptions;
  readonly events: WorkerEvents;
  /** Errors that have failed a measured sample: they are no exceptions as well. */
  readonly countedErrors: WeakSet<object> = new WeakSet();
  #isStopAnnounced = false;
  #ended: Promise<void> | undefined;

  constructor(options: RunScriptOptions) {
    const { preparation, clock } = options;
    this.#options = options;
    this.events = new WorkerEvents({
      events: addOwnListeners(preparation.events, { ...options, message: preparation.message }),
      clock,
      onFailed: (event, thrown) => this.#record(`events.${event}`, thrown),
    });
  }

  /** Counts what was thrown outside of any user. */
  recordStray(thrown: unknown): void {
    if (this.countedErrors.delete(thrown as object)) return;
    if (thrown instanceof StopRun) {
      return this.#options.askToStop(`code outside of a task: ${thrown.message}`);
    }
    this.#record('outside of a task', thrown);
  }

  announceStop(users: number): void {
    if (this.#isStopAnnounced) return;
    this.#isStopAnnounced = true;
    this.events.runStopping?.({ users });
  }

  /** After the last user. */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    if (!(await this.events.settle())) {
      this.#record('events', new Error(`a listener took longer than ${LISTENERS_MS / 1_000} s`));
    }
    const thrown = await this.#options.preparation.hooks.stop();
    if (thrown !== undefined) this.#record('onRunStop', thrown);
  }

  #record(task: string, thrown: unknown): void {
    const { recorder, askToStop } = this.#options;
    if (thrown instanceof StopRun) return askToStop(`${task}: ${thrown.message}`);
    const { message, readStack } = describeException(thrown, '');
    recorder.exception({ userClass: '(script)', task, message }, readStack);
  }
}
