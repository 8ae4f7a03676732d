import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { drawNormal, drawSpans, quantileOf } from './block-bootstrap.ts';

describe('drawSpans', () => {
  it('draws as many as there are, in blocks of neighbours', () => {
    const drawn = drawSpans(64, createRandom(1));
    expect(drawn).toHaveLength(64);
    for (let block = 0; block < 64; block += 8) {
      const first = drawn[block] as number;
      expect(drawn.slice(block, block + 8)).toEqual(Array.from({ length: 8 }, (_, i) => (first + i) % 64));
    }
  });

  it('draws each span as often as any other', () => {
    const random = createRandom(2);
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 1_000; i++) {
      for (const span of drawSpans(10, random)) counts[span] = (counts[span] as number) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(120);
  });
});

describe('drawNormal', () => {
  it('has mean 0 and deviation 1', () => {
    const random = createRandom(3);
    const drawn = Array.from({ length: 10_000 }, () => drawNormal(random));
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});

describe('quantileOf', () => {
  it('lies between two values where none is exact', () => {
    expect([0, 0.5, 0.75, 1].map((share) => quantileOf([1, 2, 4], share))).toEqual([1, 2, 3, 4]);
  });
});
