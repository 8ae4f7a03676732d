import { describe, expect, it } from 'vitest';
import { readStreamTimeKey, STREAM_TIMES, streamTimeKey } from './stream-time.ts';

describe('the key of a time of streams', () => {
  it('tells which time it is, and of which entry', () => {
    for (const time of STREAM_TIMES) {
      const key = { method: 'POST', name: '/chat' };
      expect(readStreamTimeKey(streamTimeKey(time, key))).toEqual({ time, key });
    }
  });

  it('is no key of an entry', () => {
    expect(readStreamTimeKey({ method: 'POST', name: 'gap' })).toBeUndefined();
    expect(readStreamTimeKey({ method: '', name: '(other)' })).toBeUndefined();
    expect(readStreamTimeKey({ method: '\u0000other\u0000GET', name: '/' })).toBeUndefined();
  });
});
