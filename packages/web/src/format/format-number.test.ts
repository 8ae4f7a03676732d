import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatMs,
  formatMsShort,
  formatMsValue,
  formatPercent,
  formatRate,
} from './format-number.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [1_234_567, '1,234,567'],
  ])('groups the digits of the count %d', (count, text) => expect(formatCount(count)).toBe(text));

  it.each([
    [0, '0'],
    [0.25, '0.25'],
    [950, '950'],
    [1_500, '1,500'],
    [12_345, '12.3k'],
    [999_600, '1M'],
    [3_400_000, '3.4M'],
  ])('is short on an axis: %d', (value, text) => expect(formatCompact(value)).toBe(text));

  it.each([
    [0, '0.00 ms', '0.00', '0'],
    [0.4214, '0.421 ms', '0.421', '0.421 ms'],
    [42.14, '42.1 ms', '42.1', '42.1 ms'],
    [421.4, '421 ms', '421', '421 ms'],
    [1_500, '1.50 s', '1,500', '1.5 s'],
    [12_340, '12.3 s', '12,340', '12.3 s'],
  ])('has three digits of a time: %d ms', (ms, text, value, short) => {
    expect([formatMs(ms), formatMsValue(ms), formatMsShort(ms)]).toEqual([text, value, short]);
  });

  it.each([
    [0, '0.00'],
    [0.001, '<0.01'],
    [3.14159, '3.14'],
    [42.123, '42.1'],
    [12_345.6, '12,346'],
  ])('never shows a rare rate as none: %d', (rate, text) => expect(formatRate(rate)).toBe(text));

  it.each([
    [0, 10, '0 %'],
    [10, 10, '100 %'],
    [1, 1_000_000, '<0.01 %'],
    [999_999, 1_000_000, '>99.99 %'],
    [18, 10_000, '0.18 %'],
    [0, 0, '0 %'],
  ])('says none and all of %d in %d only where that is exact', (part, whole, text) => {
    expect(formatPercent(part, whole)).toBe(text);
  });

  it.each([
    [512, '512 B'],
    [1_420, '1.42 kB'],
    [45_100_000, '45.1 MB'],
  ])('counts bytes in thousands: %d', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});
