import type { ThresholdResult } from '@loadts/core';
import { printable, wrap } from './printable-text.ts';
import { paint, type ReportStyle } from './style.ts';

/** One line for each threshold: whether it was met, and what was observed. */
export function formatThresholds(results: readonly ThresholdResult[], style: ReportStyle): string[] {
  return results.flatMap(({ threshold, passed, reason }) => {
    const lines = wrap(printable(`${threshold}: ${reason}`), Math.max(20, style.width - 6));
    const mark = paint(style, passed ? 'green' : 'red', passed ? 'pass' : 'FAIL');
    return lines.map((line, i) => `${i === 0 ? mark : '    '}  ${line}`);
  });
}
