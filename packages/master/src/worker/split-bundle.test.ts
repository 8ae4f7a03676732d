import { BUNDLE_CHUNK_BYTES, MAX_BUNDLE_BYTES } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { splitBundle } from './split-bundle.ts';

const HASH = 'a'.repeat(64);

describe('splitBundle', () => {
  it('sends a small script whole', () => {
    const code = 'export class Visitor {}';
    expect(splitBundle({ code, hash: HASH })).toEqual([
      { type: 'bundle', hash: HASH, size: code.length, offset: 0, bytes: Buffer.from(code) },
    ]);
  });

  it.each([
    [1, [1]],
    [BUNDLE_CHUNK_BYTES, [BUNDLE_CHUNK_BYTES]],
    [BUNDLE_CHUNK_BYTES + 1, [BUNDLE_CHUNK_BYTES, 1]],
    [BUNDLE_CHUNK_BYTES * 3 - 1, [BUNDLE_CHUNK_BYTES, BUNDLE_CHUNK_BYTES, BUNDLE_CHUNK_BYTES - 1]],
  ])('sends %i bytes in parts of 1 MiB at most', (size, lengths) => {
    const parts = splitBundle({ code: 'x'.repeat(size), hash: HASH });
    expect(parts.map(({ bytes }) => bytes.length)).toEqual(lengths);
    expect(parts.map(({ offset }) => offset)).toEqual(lengths.map((_, i) => i * BUNDLE_CHUNK_BYTES));
    expect(parts.every((part) => part.size === size && part.hash === HASH)).toBe(true);
  });

  it('loses nothing where a part ends inside a character', () => {
    const code = `// ${'€'.repeat(BUNDLE_CHUNK_BYTES / 2)}`;
    const parts = splitBundle({ code, hash: HASH });
    expect(parts).toHaveLength(2);
    expect(Buffer.concat(parts.map(({ bytes }) => bytes)).toString() === code).toBe(true);
  });

  it('takes 64 MiB and not a byte more', () => {
    const code = 'x'.repeat(MAX_BUNDLE_BYTES);
    expect(splitBundle({ code, hash: HASH })).toHaveLength(64);
    const error = expect.objectContaining({
      code: 'SCRIPT_LOAD_FAILED',
      message: 'the bundled script has 67108865 bytes',
      hint: 'at most 67108864 can be sent to workers: do not import large data files',
    }) as unknown;
    expect(() => splitBundle({ code: `${code}x`, hash: HASH })).toThrow(error);
  });
});
