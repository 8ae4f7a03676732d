import { formatLimit, formatSelectors } from '../threshold/format-threshold.ts';
import { formatMetric, type ThresholdMetric } from '../threshold/threshold-metric.ts';
import type { Regression, RegressionLimit } from './regression.ts';

/** The canonical text of a condition: `parseRegression` reads it back as it was. */
export function formatRegression({ metric, selectors, operator, limit }: Regression): string {
  return `${formatMetric(metric)}${formatSelectors(selectors)} ${operator} ${formatChange(limit, metric)}`;
}

function formatChange(limit: RegressionLimit, metric: ThresholdMetric): string {
  if (limit.kind === 'factor') return `${limit.factor}x`;
  if (limit.kind === 'offset') {
    return `${limit.offset < 0 ? '-' : '+'}${formatLimit(metric, Math.abs(limit.offset))}`;
  }
  return `${limit.kind}(${limit.of.map((each) => formatChange(each, metric)).join(', ')})`;
}
