import type { BundleMessage } from '@loadts/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BundleReceiver } from './bundle-receiver.ts';

/** The parts of a bundle of this text, so many bytes each. */
function split(text: string, size: number, hash = 'h'): BundleMessage[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => ({
    type: 'bundle',
    hash,
    size: bytes.length,
    offset: i * size,
    bytes: bytes.subarray(i * size, (i + 1) * size),
  }));
}

describe('BundleReceiver', () => {
  it('puts the parts together, wherever they were cut', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        (text, size) => {
          const receiver = new BundleReceiver();
          const results = split(text, size).map((part) => receiver.add(part));
          expect(results.pop()).toEqual({ code: text, hash: 'h' });
          expect(results.every((result) => result === undefined)).toBe(true);
        },
      ),
    );
  });

  it('takes one bundle after the other', () => {
    const receiver = new BundleReceiver();
    for (const text of ['first', 'second']) {
      expect(
        split(text, 3)
          .map((part) => receiver.add(part))
          .at(-1),
      ).toEqual({ code: text, hash: 'h' });
    }
  });

  it('begins anew with the first part of another bundle', () => {
    const receiver = new BundleReceiver();
    receiver.add(split('first bundle', 4, 'a')[0] as BundleMessage);
    expect(
      split('second', 3, 'b')
        .map((part) => receiver.add(part))
        .at(-1),
    ).toEqual({ code: 'second', hash: 'b' });
  });

  it.each<[string, Partial<BundleMessage>]>([
    ['leaves a gap', { offset: 4 }],
    ['comes twice', { offset: 0, bytes: Buffer.alloc(99) }],
    ['is too long', { bytes: Buffer.alloc(4) }],
    ['belongs to another bundle', { hash: 'other' }],
    ['has another size', { size: 7 }],
  ])('refuses a part that %s, and begins anew', (_, wrong) => {
    const receiver = new BundleReceiver();
    const [first, second] = split('abcdef', 3) as [BundleMessage, BundleMessage];
    receiver.add(first);
    const add = (): unknown => receiver.add({ ...second, ...wrong });
    expect(add).toThrow(expect.objectContaining({ code: 'MESSAGE_INVALID' }));
    expect(() => receiver.add(second)).toThrow('do not fit together');
    expect([receiver.add(first), receiver.add(second)]).toEqual([undefined, { code: 'abcdef', hash: 'h' }]);
  });
});
