import type { ExceptionStatistics, FailureStatistics } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { formatExceptions, formatFailures } from './format-problems.ts';

const style = { width: 80, color: false };

const failure = (fields: Partial<FailureStatistics> = {}): FailureStatistics => ({
  key: { method: 'POST', name: '/login' },
  reason: '401 Unauthorized',
  count: 3,
  firstSecond: 0,
  lastSecond: 9,
  ...fields,
});

const exception = (fields: Partial<ExceptionStatistics> = {}): ExceptionStatistics => ({
  userClass: 'Shopper',
  task: 'checkout',
  message: 'no basket',
  stack: 'TypeError: no basket\n    at Shopper.checkout (load.ts:31:18)\n    at async run (load.ts:44:5)',
  count: 7,
  workers: [1],
  ...fields,
});

describe('formatFailures', () => {
  it('shows how often, which request, and why', () => {
    expect(formatFailures([failure(), failure({ count: 123_456 })], style)).toEqual([
      '     3  POST /login: 401 Unauthorized',
      '123456  POST /login: 401 Unauthorized',
    ]);
  });

  it('names what stands for all further kinds without a method', () => {
    const rest = failure({ key: { method: '', name: '(other)' }, reason: 'further kinds of failure' });
    expect(formatFailures([rest], style)).toEqual(['    3  (other): further kinds of failure']);
  });

  it('continues a long reason below itself, for three lines at most', () => {
    const lines = formatFailures([failure({ reason: `begin ${'of a long story '.repeat(50)}end` })], style);
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^ {7}\S/);
    expect(lines[2]).toMatch(/…/);
    expect(lines[2]).toMatch(/end$/);
  });

  it('shows the 20 most frequent kinds and counts the rest', () => {
    const failures = Array.from({ length: 25 }, (_, i) => failure({ reason: `reason ${i}`, count: 2 }));
    const lines = formatFailures(failures, style);
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('       … and 5 more kinds, 10 occurrences');
  });
});

describe('formatExceptions', () => {
  it('shows the task, the error with its name, and the calls', () => {
    expect(formatExceptions([exception()], style)).toEqual([
      '    7  Shopper.checkout: TypeError: no basket',
      '         at Shopper.checkout (load.ts:31:18)',
      '         at async run (load.ts:44:5)',
    ]);
  });

  it('does not take a short message for a part of the error name', () => {
    const stack = 'Error: r\n    at run (load.ts:1:1)';
    expect(formatExceptions([exception({ message: 'r', stack })], style)).toEqual([
      '    7  Shopper.checkout: Error: r',
      '         at run (load.ts:1:1)',
    ]);
  });

  it('shows the message of what has no stack, or another one', () => {
    expect(formatExceptions([exception({ stack: '' })], style)).toEqual([
      '    7  Shopper.checkout: no basket',
    ]);
    expect(formatExceptions([exception({ stack: 'elsewhere' })], style)).toEqual([
      '    7  Shopper.checkout: no basket',
      '         elsewhere',
    ]);
  });

  it('puts a message of several lines on one', () => {
    const fields = {
      message: 'expected:\n  1\ngot 2',
      stack: 'Error: expected:\n  1\ngot 2\n    at x (y.ts:1:1)',
    };
    expect(formatExceptions([exception(fields)], style)).toEqual([
      '    7  Shopper.checkout: Error: expected: 1 got 2',
      '         at x (y.ts:1:1)',
    ]);
  });

  it('shows ten calls and counts the rest', () => {
    const stack = `Error: no basket\n${'    at run (load.ts:1:1)\n'.repeat(14)}`;
    const lines = formatExceptions([exception({ stack })], style);
    expect(lines).toHaveLength(12);
    expect(lines.at(-1)).toBe('         … 4 more lines');
  });

  it('shows the ten most frequent kinds and counts the rest', () => {
    const exceptions = Array.from({ length: 12 }, (_, i) =>
      exception({ message: `no ${i}`, stack: '', count: 12 - i }),
    );
    const lines = formatExceptions(exceptions, style);
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('       … and 2 more kinds, 3 occurrences');
  });

  it('keeps the line number at the end of a long call', () => {
    const stack = `Error: no basket\n    at run (/${'very/'.repeat(40)}load.ts:31:18)`;
    expect(formatExceptions([exception({ stack })], style)[1]).toMatch(/^ {9}at run .+….+load\.ts:31:18\)$/);
  });
});
