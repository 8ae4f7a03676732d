import type { IntervalRecord } from './recorder.ts';

/** What was measured in one second, or in a few that were put together, encoded and not sent yet. */
export interface WaitingInterval extends Omit<IntervalRecord, 'interval' | 'statistics'> {
  readonly firstInterval: number;
  readonly lastInterval: number;
  /** See `encodeStatistics`. */
  readonly statistics: Uint8Array;
}
