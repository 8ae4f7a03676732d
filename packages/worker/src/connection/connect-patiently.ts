import { type Clock, LoadtsError } from '@loadts/core';
import type { Connection } from '@loadts/protocol';

export interface PatientOptions {
  readonly connect: () => Promise<Connection>;
  readonly clock: Clock;
  /** From 0 to 1; keeps many workers from coming back in the same moment. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Told why there is no connection yet, whenever that changes. */
  readonly onWaiting: (reason: string) => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Connects as soon as the other side is there, however long that takes.
 * @throws LoadtsError where to try again is in vain, or the signal's reason
 */
export async function connectPatiently(options: PatientOptions): Promise<Connection> {
  const { connect, random, signal, onWaiting } = options;
  let last: string | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    signal.throwIfAborted();
    try {
      return await connect();
    } catch (error) {
      if (error instanceof LoadtsError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== last) onWaiting(reason);
      last = reason;
    }
    await pause(options, pauseMs * (0.5 + random()));
  }
}

/** Ends early where the signal aborts. */
function pause({ clock, signal }: PatientOptions, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(ms, () => {
      signal.removeEventListener('abort', end);
      resolve();
    });
    const end = (): void => {
      cancel();
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
