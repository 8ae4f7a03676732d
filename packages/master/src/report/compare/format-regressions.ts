import type { RegressionResult } from '@loadts/core';
import { formatThresholds } from '../format-thresholds.ts';
import type { ReportStyle } from '../style.ts';

/** What conditions on the change came to, a line each; no text where there are none. */
export function formatRegressions(results: readonly RegressionResult[], style: ReportStyle): string {
  const thresholds = results.map(({ regression, ...rest }) => ({ ...rest, threshold: regression }));
  return formatThresholds(thresholds, style).join('\n');
}
