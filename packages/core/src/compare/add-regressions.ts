import type { RunResult } from '../result/run-result.ts';
import type { Verdict } from '../run/verdict.ts';
import type { ThresholdResult } from '../threshold/threshold-watch.ts';
import type { RegressionResult } from './judge-regression.ts';

/** The result with the comparison beside its thresholds, and as failed where the run is worse than its baseline. */
export function addRegressions(result: RunResult, regressions: readonly RegressionResult[]): RunResult {
  const added = regressions.map(asThreshold);
  return {
    ...result,
    thresholds: [...result.thresholds, ...added],
    verdict: worsen(
      result.verdict,
      added.filter(({ passed }) => !passed).map(({ threshold, reason }) => `${threshold}: ${reason}`),
    ),
  };
}

function asThreshold({ regression, observed, passed, reason }: RegressionResult): ThresholdResult {
  return { threshold: `${regression} than the baseline`, observed, passed, reason };
}

/** A regression weighs more than gaps, and proves nothing where the run itself does not. */
function worsen(verdict: Verdict, reasons: readonly string[]): Verdict {
  if (reasons.length === 0) return verdict;
  return {
    kind: verdict.kind === 'invalid' ? 'invalid' : 'fail',
    reasons:
      verdict.kind === 'incomplete' ? [...reasons, ...verdict.reasons] : [...verdict.reasons, ...reasons],
  };
}
