import { describe, expect, it } from 'vitest';
import { encodeData } from './encode-data.ts';

const MEBIBYTE = 1024 * 1024;

describe('encodeData', () => {
  it('makes JSON of plain data, and nothing of nothing', () => {
    const data = { ids: [1, null, 'x'], deep: { yes: true }, gone: undefined };
    expect(JSON.parse(encodeData(data) ?? '')).toEqual({ ids: [1, null, 'x'], deep: { yes: true } });
    expect(encodeData(null)).toBe('null');
    expect(encodeData(undefined)).toBeNull();
  });

  it.each<[unknown, string]>([
    [{ at: [new Date(0)] }, 'the result.at[0] is 1970-01-01'],
    [new Map(), 'the result is Map(0) {}'],
    [{ n: Number.NaN }, 'the result.n is NaN'],
    [[undefined], 'the result[0] is undefined'],
    [{ id: 5n }, 'the result.id is 5n'],
    [() => 1, 'the result is [Function'],
  ])('refuses what JSON would lose or change, and says where it is (%#)', (data, problem) => {
    expect(() => encodeData(data)).toThrow(problem);
  });

  it('refuses an object that holds itself', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(() => encodeData(loop)).toThrow('setup() returned something that cannot be JSON');
  });

  it('takes 1 MiB in UTF-8 and no more', () => {
    expect(encodeData('x'.repeat(MEBIBYTE - 2))).toHaveLength(MEBIBYTE);
    expect(() => encodeData('x'.repeat(MEBIBYTE - 1))).toThrow('returned 1048577 bytes of JSON');
    expect(() => encodeData('\u00e9'.repeat(MEBIBYTE / 2))).toThrow('returned 1048578 bytes');
  });
});
