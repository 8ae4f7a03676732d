import { describe, expect, it } from 'vitest';
import { driftRange, driftShare, driftTitle, driftValue } from './format-drift.ts';

const CHANGE = { metric: 'p95', first: 100, last: 120, change: 0.2, low: 0.15, high: 0.25 };
const ERRORS = { metric: 'errors', first: 0, last: 0.03, change: 0.03, low: -0.01, high: 0.07 };

describe('drift on the page', () => {
  it('has values in their units', () => {
    expect(driftValue(CHANGE, 120)).toBe('120 ms');
    expect(driftValue(ERRORS, 0.03)).toBe('3.0 %');
    expect(driftValue({ ...CHANGE, metric: 'rps' }, 42)).toBe('42.0');
    expect(driftTitle(CHANGE)).toBe('p95');
    expect(driftTitle(ERRORS)).toBe('failed');
  });

  it('has changes as shares, those of errors in points', () => {
    expect(driftShare(CHANGE, 0.2)).toBe('+20 %');
    expect(driftShare(CHANGE, -0.2)).toBe('-20 %');
    expect(driftShare(ERRORS, 0.0301)).toBe('+3 points');
    expect(driftShare(ERRORS, -0.000_01)).toBe('0 points');
  });

  it('says where a change may be chance', () => {
    expect(driftRange(CHANGE)).toBe('+15 % to +25 %');
    expect(driftRange(ERRORS)).toBe('-1 points to +7 points, may be chance');
  });
});
