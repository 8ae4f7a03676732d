import type { Clock } from '@loadts/core';

export interface BoundedCall {
  readonly name: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** Cuts the call off. */
  readonly signal: AbortSignal;
  readonly call: (signal: AbortSignal) => unknown;
}

/** Waits for a function of the script; one that does not heed its signal is left behind. Rejects with what it throws. */
export async function callBounded({ name, timeoutMs, clock, signal, call }: BoundedCall): Promise<void> {
  signal.throwIfAborted();
  const abortion = new AbortController();
  const abort = (): void => abortion.abort(signal.reason);
  signal.addEventListener('abort', abort);
  const cancel = clock.schedule(timeoutMs, () => {
    abortion.abort(new Error(`${name}() took longer than ${timeoutMs / 1_000} s`));
  });
  const aborted = new Promise<never>((_, reject) => {
    abortion.signal.addEventListener('abort', () => reject(abortion.signal.reason));
  });
  try {
    await Promise.race([aborted, (async () => await call(abortion.signal))()]);
  } catch (thrown) {
    // What the script throws because of the signal says less than the signal's reason.
    abortion.signal.throwIfAborted();
    throw thrown;
  } finally {
    cancel();
    signal.removeEventListener('abort', abort);
  }
}
