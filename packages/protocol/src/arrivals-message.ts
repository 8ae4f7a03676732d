import type { ArrivalShare, WhenBusy } from '@loadts/core';

/** One part of a rate; `seconds` is null where it lasts for ever. */
export interface ArrivalStage {
  readonly seconds: number | null;
  readonly startRate: number;
  readonly endRate: number;
}

/**
 * The starts of an open scenario, with the receiver's share of them from index `from` on: absolute, so that a lost or
 * late one does no harm. Every worker computes the times by itself.
 */
export interface ArrivalsMessage extends ArrivalShare {
  readonly type: 'arrivals';
  readonly scenario: number;
  readonly generation: number;
  readonly from: number;
  readonly stages: readonly ArrivalStage[];
  readonly poisson: boolean;
  /** Users that the receiver may have. */
  readonly maxUsers: number;
  readonly whenBusy: WhenBusy;
}
