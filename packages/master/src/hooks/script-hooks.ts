import { type Args, LoadtsError, type SpawnRate, type WorkerHooks } from '@loadts/core';

/** What the run was told, in the units of scripts: seconds. */
export interface RunOptions {
  readonly users: number;
  readonly spawnRate: SpawnRate;
  /** Undefined: until stopped. */
  readonly runTime: number | undefined;
  /** Undefined: no limit. */
  readonly iterations: number | undefined;
  readonly workers: number;
  readonly seed: number;
}

/** What `setup()` is called with, once a run, on the master. */
export interface SetupContext {
  /** The base URL of the command line, or the one that all user classes share. */
  readonly host: string | undefined;
  readonly options: RunOptions;
  /** The script's own arguments. */
  readonly args: Args;
  /** Aborts after 60 seconds and when the run is cut short: pass it on to `fetch`. */
  readonly signal: AbortSignal;
}

/** What `teardown()` is called with, once the last user has ended. */
export interface TeardownContext extends SetupContext {
  /** What `setup()` returned, as JSON made it. */
  readonly data: unknown;
}

/** The functions of a script that run once a run, unmeasured: these on the master, its `WorkerHooks` on the workers. */
export interface ScriptHooks extends WorkerHooks {
  readonly setup?: (context: SetupContext) => unknown;
  readonly teardown?: (context: TeardownContext) => unknown;
}

/** The hooks among a script's exports. @throws LoadtsError `SCRIPT_LOAD_FAILED` where one is no function. */
export function readHooks(exports: Readonly<Record<string, unknown>>): ScriptHooks {
  for (const name of ['setup', 'teardown', 'onRunStart', 'onRunStop']) {
    const hook = exports[name];
    if (hook === undefined || typeof hook === 'function') continue;
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `the script's export ${name} is not a function`, {
      hint: `write export async function ${name}() { ... }, or give it another name`,
    });
  }
  return exports;
}
