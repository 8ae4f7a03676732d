import type { SearchBy, Threshold } from '@loadts/core';

/** What `loadts find` looks for, and how. */
export interface FindConfig {
  readonly slo: readonly Threshold[];
  readonly from: number;
  readonly to: number;
  readonly by: SearchBy;
  readonly settleMs: number;
  readonly levelMs: number;
  /** A share. */
  readonly precision: number;
}
