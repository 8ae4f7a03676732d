import { expect, it } from 'vitest';
import { formatThresholds } from './format-thresholds.ts';

const results = [
  { threshold: 'p95 < 300ms', observed: 120, passed: true, reason: 'p95 was 120 ms' },
  { threshold: 'errors < 1%', observed: 0.5, passed: false, reason: 'errors was 50 % instead of < 1%' },
];

it('thresholds are listed with what was observed', () => {
  expect(formatThresholds(results, { width: 80, color: false })).toEqual([
    'pass  p95 < 300ms: p95 was 120 ms',
    'FAIL  errors < 1%: errors was 50 % instead of < 1%',
  ]);
});

it('long thresholds go on below themselves', () => {
  const lines = formatThresholds(results, { width: 32, color: false });
  expect(lines.slice(-2)).toEqual(['FAIL  errors < 1%: errors was 50', '      % instead of < 1%']);
});
