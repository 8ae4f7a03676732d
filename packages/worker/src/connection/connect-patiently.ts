import { type Clock, LoadtsError } from '@loadts/core';
import type { Connection } from '@loadts/protocol';

export interface PatientOptions {
  readonly connect: () => Promise<Connection>;
  readonly clock: Clock;
  /** From 0 to 1; keeps many workers from coming back in the same moment. */
  readonly random: () => number;
  /** Told why there is no connection yet, whenever that changes. */
  readonly onWaiting: (reason: string) => void;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Connects as soon as the other side is there, however long that takes.
 * @throws LoadtsError where to try again is in vain
 */
export async function connectPatiently(options: PatientOptions): Promise<Connection> {
  const { connect, clock, random, onWaiting } = options;
  let last: string | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    try {
      return await connect();
    } catch (error) {
      if (error instanceof LoadtsError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== last) onWaiting(reason);
      last = reason;
    }
    await new Promise<void>((resolve) => {
      clock.schedule(pauseMs * (0.5 + random()), resolve);
    });
  }
}
