import type { Clock } from '@loadts/core';
import { callHook } from './call-hook.ts';
import { encodeData } from './encode-data.ts';
import type { ScriptHooks, SetupContext } from './script-hooks.ts';

export interface ScriptLifecycleOptions {
  readonly hooks: ScriptHooks;
  readonly context: Omit<SetupContext, 'signal'>;
  readonly clock: Clock;
}

/** The script's own work before and after a run. */
export class ScriptLifecycle {
  readonly #options: ScriptLifecycleOptions;
  #data: string | null = null;

  constructor(options: ScriptLifecycleOptions) {
    this.#options = options;
  }

  /** @returns what it made for the users, as JSON. @throws LoadtsError `SETUP_FAILED` or the signal's reason. */
  async setup(signal: AbortSignal): Promise<string | null> {
    const { hooks, context, clock } = this.#options;
    const { setup } = hooks;
    if (!setup) return null;
    const call = (own: AbortSignal): unknown => setup({ ...context, signal: own });
    this.#data = encodeData(await callHook({ name: 'setup', clock, signal, call }));
    return this.#data;
  }

  /** To be called where `setup` did not fail. @returns what went wrong, one text each; never rejects. */
  async teardown(signal: AbortSignal): Promise<string[]> {
    const { hooks, context, clock } = this.#options;
    const { teardown } = hooks;
    if (!teardown) return [];
    // The same as the users had, also where setup kept and changed its object.
    const data: unknown = this.#data === null ? undefined : JSON.parse(this.#data);
    const call = (own: AbortSignal): unknown => teardown({ ...context, data, signal: own });
    try {
      await callHook({ name: 'teardown', clock, signal, call });
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  }
}
