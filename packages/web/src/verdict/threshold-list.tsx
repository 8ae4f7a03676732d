import type { ThresholdResult } from '@loadts/core';
import type { JSX } from 'preact';
import { formatClock } from '../format/format-time.ts';
import { Icon } from '../parts/icon.tsx';
import './verdict.css';

/** Each threshold with what it came to; failed ones first. */
export function ThresholdList({ results }: { readonly results: readonly ThresholdResult[] }): JSX.Element {
  const failedFirst = results.toSorted((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <ul class="thresholds">
      {failedFirst.map(({ threshold, passed, reason, failedAtSecond }) => (
        <li class="threshold" key={threshold} data-passed={passed}>
          <span class="threshold-lamp">
            <Icon name={passed ? 'check' : 'cross'} size={16} />
          </span>
          <code>{threshold}</code>
          <span class="threshold-reason">
            {reason}
            {failedAtSecond !== undefined && ` (failed at ${formatClock(failedAtSecond)})`}
          </span>
          <span class="threshold-word">{passed ? 'passed' : 'failed'}</span>
        </li>
      ))}
    </ul>
  );
}
