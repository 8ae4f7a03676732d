import type { RunReport } from '../run/run-report.ts';
import type { Verdict } from '../run/verdict.ts';
import type { ThresholdResult } from '../threshold/threshold-watch.ts';
import type { RegressionResult } from './judge-regression.ts';

/** The report with the comparison beside its thresholds, and as failed where the run is worse than its baseline. */
export function addRegressions(report: RunReport, regressions: readonly RegressionResult[]): RunReport {
  const added = regressions.map(asThreshold);
  return {
    ...report,
    thresholds: [...report.thresholds, ...added],
    verdict: worsen(
      report.verdict,
      added.filter(({ passed }) => !passed).map(({ threshold, reason }) => `${threshold}: ${reason}`),
    ),
  };
}

function asThreshold({ regression, observed, passed, reason }: RegressionResult): ThresholdResult {
  return { threshold: `${regression} against the baseline`, observed, passed, reason };
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
