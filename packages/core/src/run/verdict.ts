import type { ThresholdResult } from '../threshold/threshold-watch.ts';

/** What decides over a run. */
export interface VerdictFacts {
  /** Those that ended by themselves. */
  readonly requests: number;
  readonly failures: number;
  readonly exceptions: number;
  /** An exception in the script on the master: a shape, for one. */
  readonly scriptErrors: readonly string[];
  /** One sentence for each thing that could not be collected. */
  readonly gaps: readonly string[];
  /** Where there are any, they decide how many failures and exceptions are too many. */
  readonly thresholds?: readonly ThresholdResult[];
}

/** `incomplete` passed in all that was collected, but not everything was. */
export type VerdictKind = 'pass' | 'fail' | 'incomplete';

export interface Verdict {
  readonly kind: VerdictKind;
  readonly reasons: readonly string[];
}

/** Failures weigh more than gaps; a run without any request does not pass, so that a broken gate is not a green one. */
export function decideVerdict(facts: VerdictFacts): Verdict {
  const { requests, failures, exceptions, thresholds = [] } = facts;
  const hasThresholds = thresholds.length > 0;
  const failed = [...facts.scriptErrors];
  if (requests === 0) failed.push('no request came to its end');
  if (failures > 0 && !hasThresholds) failed.push(`${failures} of ${requests} requests failed`);
  if (exceptions > 0 && !hasThresholds) {
    failed.push(`tasks threw ${exceptions} ${exceptions === 1 ? 'exception' : 'exceptions'}`);
  }
  for (const { threshold, passed, reason } of thresholds) {
    if (!passed) failed.push(`${threshold}: ${reason}`);
  }
  if (failed.length > 0) return { kind: 'fail', reasons: [...failed, ...facts.gaps] };
  if (facts.gaps.length > 0) return { kind: 'incomplete', reasons: facts.gaps };
  return { kind: 'pass', reasons: [] };
}
