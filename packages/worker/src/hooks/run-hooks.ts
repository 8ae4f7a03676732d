import type { Clock, WorkerContext, WorkerHooks } from '@loadts/core';
import { RUN_STOP_MS, TEXT_LIMITS } from '@loadts/protocol';
import { describeException } from '../user/describe-exception.ts';
import { callBounded } from './call-bounded.ts';

export interface RunHooksOptions {
  readonly hooks: WorkerHooks;
  readonly context: Omit<WorkerContext, 'signal'>;
  readonly clock: Clock;
}

const RUN_START_MS = 60_000;

/** What the script does on this worker before its first and after its last user of a run. */
export class RunHooks {
  readonly #options: RunHooksOptions;
  readonly #cut = new AbortController();
  #started: Promise<string | null> = Promise.resolve(null);
  #stopped: Promise<unknown> | undefined;

  constructor(options: RunHooksOptions) {
    this.#options = options;
  }

  /** Never rejects. @returns why the run cannot start, or null */
  start(): Promise<string | null> {
    this.#started = this.#callStart();
    return this.#started;
  }

  /** Once, and not where the start failed or is cut off by this. Never rejects. @returns what was thrown */
  stop(): Promise<unknown> {
    this.#stopped ??= this.#callStop();
    return this.#stopped;
  }

  async #callStart(): Promise<string | null> {
    const { hooks, context, clock } = this.#options;
    const { onRunStart } = hooks;
    if (!onRunStart) return null;
    try {
      await callBounded({
        name: 'onRunStart',
        timeoutMs: RUN_START_MS,
        clock,
        signal: this.#cut.signal,
        call: (signal) => onRunStart({ ...context, signal }),
      });
      return null;
    } catch (thrown) {
      const { readStack } = describeException(thrown);
      return readStack().slice(0, TEXT_LIMITS.stack);
    }
  }

  async #callStop(): Promise<unknown> {
    const { hooks, context, clock } = this.#options;
    const { onRunStop } = hooks;
    this.#cut.abort(new Error('the run was stopped before it started'));
    if ((await this.#started) !== null || !onRunStop) return undefined;
    try {
      await callBounded({
        name: 'onRunStop',
        timeoutMs: RUN_STOP_MS,
        clock,
        signal: new AbortController().signal,
        call: (signal) => onRunStop({ ...context, signal }),
      });
      return undefined;
    } catch (thrown) {
      return thrown ?? new Error(`thrown: ${String(thrown)}`);
    }
  }
}
