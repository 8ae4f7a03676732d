import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatMs,
  formatPercent,
  formatRate,
} from './format-number.ts';

describe('formatMs', () => {
  it('shows three digits at any size, and whole milliseconds above 100', () => {
    expect([0.042, 0.4217, 4.214, 42.14, 421.4, 4214.2, 60_000].map(formatMs)).toEqual([
      '0.042',
      '0.422',
      '4.21',
      '42.1',
      '421',
      '4214',
      '60000',
    ]);
  });

  it('changes its precision after rounding, not before', () => {
    expect([0.9996, 9.996, 99.96].map(formatMs)).toEqual(['1.00', '10.0', '100']);
  });

  it('is never more than half a percent or half a microsecond off', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3_600_000, noNaN: true }), (ms) => {
        const error = Math.abs(Number(formatMs(ms)) - ms);
        expect(error).toBeLessThanOrEqual(Math.max(0.000501, ms * 0.00501));
      }),
    );
  });
});

describe('formatRate', () => {
  it('shows two decimals, fewer for large rates', () => {
    expect([0, 0.3, 42.1, 381.24, 12_345.6].map(formatRate)).toEqual([
      '0.00',
      '0.30',
      '42.10',
      '381.2',
      '12346',
    ]);
  });

  it('never shows a rare thing as none', () => {
    expect([0.004, 0.0001].map(formatRate)).toEqual(['0.004', '<0.001']);
  });
});

describe('formatPercent', () => {
  it('shows two decimals', () => {
    expect(formatPercent(3, 1_623)).toBe('0.18%');
  });

  it('says 0 and 100 only where they are exact', () => {
    expect(formatPercent(0, 100)).toBe('0.00%');
    expect(formatPercent(1, 1_000_000)).toBe('<0.01%');
    expect(formatPercent(999_999, 1_000_000)).toBe('>99.99%');
    expect(formatPercent(7, 7)).toBe('100%');
  });

  it('is zero of nothing', () => {
    expect(formatPercent(0, 0)).toBe('0.00%');
  });
});

describe('formatBytes', () => {
  it('picks the unit that leaves three digits', () => {
    expect([0, 512, 1_420, 45_100_000, 3.2e9, 7e15].map(formatBytes)).toEqual([
      '0 B',
      '512 B',
      '1.42 kB',
      '45.1 MB',
      '3.20 GB',
      '7000 TB',
    ]);
  });

  it('never shows a thousand of a unit', () => {
    expect([999.4, 999.6, 999_999].map(formatBytes)).toEqual(['999 B', '1.00 kB', '1.00 MB']);
  });
});

describe('formatDuration', () => {
  it('is as exact as a person needs', () => {
    expect([0, 2.53, 4.004, 45.4, 90, 7_205].map(formatDuration)).toEqual([
      '0s',
      '2.5s',
      '4s',
      '45s',
      '1m 30s',
      '2h 00m 05s',
    ]);
  });

  it('carries over when it rounds up', () => {
    expect([9.96, 59.7, 3_599.8].map(formatDuration)).toEqual(['10s', '1m 00s', '1h 00m 00s']);
  });
});

describe('formatCount', () => {
  it('agrees with its noun', () => {
    expect([formatCount(1, 'worker'), formatCount(3, 'worker')]).toEqual(['1 worker', '3 workers']);
    expect(formatCount(2, 'entry', 'entries')).toBe('2 entries');
  });
});
