/** What decides over a run, in order of weight. */
export interface VerdictFacts {
  readonly requests: number;
  readonly failures: number;
  readonly exceptions: number;
  /** An exception in the script on the master: a shape, for one. */
  readonly scriptErrors: readonly string[];
  /** One sentence for each thing that could not be collected. */
  readonly gaps: readonly string[];
}

/** `incomplete` passed in all that was collected, but not everything was. */
export type VerdictKind = 'pass' | 'fail' | 'incomplete';

export interface Verdict {
  readonly kind: VerdictKind;
  readonly reasons: readonly string[];
}

export function decideVerdict(facts: VerdictFacts): Verdict {
  const failed = [...facts.scriptErrors];
  if (facts.failures > 0) failed.push(`${facts.failures} of ${facts.requests} requests failed`);
  if (facts.exceptions > 0) failed.push(`tasks threw ${facts.exceptions} exceptions`);
  if (failed.length > 0) return { kind: 'fail', reasons: [...failed, ...facts.gaps] };
  if (facts.gaps.length > 0) return { kind: 'incomplete', reasons: facts.gaps };
  return { kind: 'pass', reasons: [] };
}
