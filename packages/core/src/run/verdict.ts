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
  /** One sentence for each worker that was the limit itself. Empty where that shall not count. */
  readonly overloads: readonly string[];
  /** Where there are any, they decide how many failures and exceptions are too many. */
  readonly thresholds?: readonly ThresholdResult[];
}

/**
 * `invalid` measured its own generator more than the target. `incomplete` passed in all that was collected, but not
 * everything was.
 */
export type VerdictKind = 'pass' | 'fail' | 'invalid' | 'incomplete';

export interface Verdict {
  readonly kind: VerdictKind;
  readonly reasons: readonly string[];
}

/**
 * An overloaded generator proves nothing, good or bad. Failures weigh more than gaps; a run without any request does
 * not pass, so that a broken gate is not a green one.
 */
export function decideVerdict(facts: VerdictFacts): Verdict {
  const { overloads, gaps } = facts;
  const failed = listFailures(facts);
  if (overloads.length > 0) return { kind: 'invalid', reasons: [...overloads, ...failed, ...gaps] };
  if (failed.length > 0) return { kind: 'fail', reasons: [...failed, ...gaps] };
  if (gaps.length > 0) return { kind: 'incomplete', reasons: gaps };
  return { kind: 'pass', reasons: [] };
}

function listFailures(facts: VerdictFacts): string[] {
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
  return failed;
}
