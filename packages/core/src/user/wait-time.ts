import { type Duration, parseDurationMs } from '../duration.ts';
import { LoadtsError } from '../errors.ts';
import type { Random } from '../random.ts';

/** What a wait time may look at: the user's own random stream and how long its last iteration took. */
export interface WaitContext {
  readonly random: Random;
  readonly iterationSeconds: number;
}

/** Seconds to wait after an iteration. */
export type WaitTime = (context: WaitContext) => number;

const secondsOf = (duration: Duration): number => parseDurationMs(duration) / 1_000;

/** Always the same pause. */
export function constant(pause: Duration): WaitTime {
  const seconds = secondsOf(pause);
  return () => seconds;
}

/** A pause drawn evenly between two bounds. */
export function between(min: Duration, max: Duration): WaitTime {
  const low = secondsOf(min);
  const spread = secondsOf(max) - low;
  return ({ random }) => low + random() * spread;
}

/** Starts iterations at least `period` apart, however long each takes. */
export function constantPacing(period: Duration): WaitTime {
  return pace(secondsOf(period));
}

/** At most this many iterations a second for each user. @throws LoadtsError `CONFIG_INVALID` for 0 or less. */
export function constantThroughput(iterationsPerSecond: number): WaitTime {
  if (!(iterationsPerSecond > 0)) {
    throw new LoadtsError('CONFIG_INVALID', `constantThroughput(${iterationsPerSecond}) is not a rate`, {
      hint: 'a rate is a number above 0; below 1 where a user shall wait longer than a second',
    });
  }
  return pace(1 / iterationsPerSecond);
}

function pace(seconds: number): WaitTime {
  return ({ iterationSeconds }) => Math.max(0, seconds - iterationSeconds);
}
