import { inspect } from 'node:util';
import { type Clock, LoadtsError, type LoadtsErrorCode } from '@loadts/core';

type HookName = 'setup' | 'teardown' | 'events.report';

export interface HookCall {
  readonly name: HookName;
  readonly clock: Clock;
  /** Cuts the hook off. */
  readonly signal: AbortSignal;
  readonly call: (signal: AbortSignal) => unknown;
}

const TIMEOUT_MS = 60_000;

const CODES: Readonly<Record<HookName, LoadtsErrorCode>> = {
  setup: 'SETUP_FAILED',
  teardown: 'TEARDOWN_FAILED',
  'events.report': 'LISTENER_FAILED',
};

/**
 * Waits for a function of the script; one that does not heed its signal is left behind.
 * @throws LoadtsError `SETUP_FAILED`, `TEARDOWN_FAILED` or `LISTENER_FAILED` with the stack, or the signal's reason.
 */
export async function callHook({ name, clock, signal, call }: HookCall): Promise<unknown> {
  signal.throwIfAborted();
  const code = CODES[name];
  const abortion = new AbortController();
  const abort = (): void => abortion.abort(signal.reason);
  signal.addEventListener('abort', abort);
  const cancel = clock.schedule(TIMEOUT_MS, () => {
    const text = `${name}() took longer than ${TIMEOUT_MS / 1_000} s`;
    abortion.abort(new LoadtsError(code, text, { hint: 'do less there, or do it before the run' }));
  });
  const aborted = new Promise<never>((_, reject) => {
    abortion.signal.addEventListener('abort', () => reject(abortion.signal.reason));
  });
  try {
    return await Promise.race([aborted, (async () => await call(abortion.signal))()]);
  } catch (cause) {
    // What the script throws because of the signal says less than the signal's reason.
    abortion.signal.throwIfAborted();
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
    throw new LoadtsError(code, `${name}() threw\n${text}`, { cause });
  } finally {
    cancel();
    signal.removeEventListener('abort', abort);
  }
}
