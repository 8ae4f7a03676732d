import { type DriftChange, isCertain, type RunReport } from '@loadts/core';
import { formatDuration, formatMs, formatRate } from './format-number.ts';
import { wrap } from './printable-text.ts';
import { paint, type ReportStyle } from './style.ts';

/** How the end of the steady state differs from its beginning: one line each, and what that looks like. */
export function formatDrift({ drift }: Pick<RunReport, 'drift'>, style: ReportStyle): string[] {
  if (!drift) return [];
  const { changes, seconds, trend } = drift;
  const lines = changes.map((change) => formatChange(change));
  const title = `Drift: the last third of ${formatDuration(seconds)} under the same load, against the first`;
  const words = trend === undefined ? 'no drift that matters' : trend;
  return [
    paint(style, 'bold', title),
    ...lines,
    ...wrap(words, style.width).map((line) => paint(style, trend === undefined ? 'dim' : 'yellow', line)),
  ];
}

function formatChange(change: DriftChange): string {
  const { metric, first, last } = change;
  const values = `${showValue(metric, first)} to ${showValue(metric, last)}`;
  const range = `99 % sure: ${showShare(change, change.low)} to ${showShare(change, change.high)}`;
  const chance = isCertain(change) ? '' : ', may be chance';
  return `${metric.padEnd(6)}  ${showShare(change, change.change).padStart(9)}  ${values} (${range}${chance})`;
}

/** Of errors the difference in points, since there may have been none at first. */
function showShare({ metric }: DriftChange, share: number): string {
  const percent = Math.round(share * 1_000) / 10;
  return `${percent > 0 ? '+' : ''}${percent} ${metric === 'errors' ? 'points' : '%'}`;
}

function showValue(metric: string, value: number): string {
  if (metric === 'errors') return `${Math.round(value * 1_000) / 10} %`;
  return metric === 'rps' ? `${formatRate(value)}/s` : `${formatMs(value)} ms`;
}
