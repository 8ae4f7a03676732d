import { describe, expect, it } from 'vitest';
import { pointAt } from './point-at.ts';

describe('pointAt', () => {
  it('puts a caret under each place', () => {
    expect(pointAt('30s:100,x:2', [0, 8])).toBe('  30s:100,x:2\n  ^       ^');
  });

  it('can point behind the end', () => {
    expect(pointAt('p95 <', [5])).toBe('  p95 <\n       ^');
  });

  it('keeps text and carets together where the text has line breaks and tabs', () => {
    expect(pointAt('p95\t<\n1', [6])).toBe('  p95 < 1\n        ^');
  });
});
