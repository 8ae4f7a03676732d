import { createRandom } from '@loadts/core';
import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { decodeMasterMessage, decodeWorkerMessage, encodeMessage } from './codec.ts';
import { anyMasterMessage, anyWorkerMessage, masterMessages, workerMessages } from './messages.case.ts';
import { findProblem, problemOf } from './problem-of.case.ts';
import { MAX_MESSAGE_BYTES } from './version.ts';

const packr = new Packr({ useRecords: false, variableMapSize: true });
const pack = (value: unknown): Uint8Array => packr.pack(value);
const NONSENSE = [
  null,
  undefined,
  true,
  -1,
  1.5,
  Number.NaN,
  'text',
  [],
  {},
  new Uint8Array(3),
  5n,
  new Date(),
];

/** Fields of a worker's messages in which nothing may stand. */
const NULLABLE = ['problem', 'arrivals', 'resume'];

describe('a message', () => {
  it.each(Object.entries(masterMessages))('of a master arrives as it was sent: %s', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (message) => {
        expect(decodeMasterMessage(encodeMessage(message))).toEqual(message);
      }),
    );
  });

  it.each(Object.entries(workerMessages))('of a worker arrives as it was sent: %s', (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (message) => {
        expect(decodeWorkerMessage(encodeMessage(message))).toEqual(message);
      }),
    );
  });

  it('of one side is refused as a message of the other', () => {
    expect(problemOf(() => decodeWorkerMessage(encodeMessage({ type: 'stop' })))).toContain('type');
    expect(problemOf(() => decodeMasterMessage(encodeMessage({ type: 'ping', id: 1 })))).toContain('type');
  });

  it('is refused at every length but its own', () => {
    fc.assert(
      fc.property(fc.oneof(anyMasterMessage, anyWorkerMessage), fc.nat(), (message, cut) => {
        const bytes = encodeMessage(message);
        const decode = message.type in masterMessages ? decodeMasterMessage : decodeWorkerMessage;
        expect(problemOf(() => decode(bytes.subarray(0, cut % bytes.length)))).toMatch(/^a message /);
        expect(problemOf(() => decode(Buffer.concat([bytes, Uint8Array.of(cut & 255)])))).toMatch(
          /^a message /,
        );
      }),
    );
  });

  it('is refused with a field too many or too few', () => {
    fc.assert(
      fc.property(anyWorkerMessage, fc.string({ minLength: 1 }), fc.nat(), (message, name, pick) => {
        fc.pre(!(name in message));
        expect(problemOf(() => decodeWorkerMessage(pack({ ...message, [name]: 1 })))).toMatch(/^a message /);
        const fields = Object.entries(message);
        const without = fields.filter((_, i) => i !== pick % fields.length);
        expect(problemOf(() => decodeWorkerMessage(pack(Object.fromEntries(without))))).toMatch(
          /^a message /,
        );
      }),
    );
  });

  it('is refused with a value of another type in any field', () => {
    fc.assert(
      fc.property(anyWorkerMessage, fc.constantFrom(...NONSENSE), fc.nat(), (message, nonsense, pick) => {
        const fields = Object.entries(message);
        const [name, value] = fields[pick % fields.length] as [string, unknown];
        fc.pre(value !== null && kindOf(value) !== kindOf(nonsense));
        fc.pre(nonsense !== null || !NULLABLE.includes(name));
        expect(problemOf(() => decodeWorkerMessage(pack({ ...message, [name]: nonsense })))).toMatch(
          /^a message /,
        );
      }),
    );
  });

  it.each([
    ['a negative number', { type: 'ping', id: -1 }],
    ['a fraction', { type: 'ping', id: 0.5 }],
    ['a number of more than 53 bits', { type: 'ping', id: 2 ** 53 }],
    ['infinity', { type: 'ping', id: Number.POSITIVE_INFINITY }],
    ['a text that is too long', { type: 'proof', proof: 'x'.repeat(101) }],
    ['a list that is too long', { type: 'log', lines: Array(1_001).fill({ level: 'info', text: '' }) }],
    ['an unknown level', { type: 'log', lines: [{ level: 'fatal', text: '' }] }],
    ['a field too many inside a list', { type: 'log', lines: [{ level: 'info', text: '', at: 1 }] }],
    ['a prototype', JSON.parse('{"type":"ping","id":1,"__proto__":{"admin":true}}')],
    ['no type', { id: 1 }],
    ['a type that is no text', { type: ['ping'], id: 1 }],
  ])('is refused with %s', (_, value) => {
    expect(problemOf(() => decodeWorkerMessage(pack(value)))).toMatch(/^a message /);
  });

  it('is refused where its parts contradict each other', () => {
    const [snapshot] = fc.sample(workerMessages.snapshot, 1);
    const [plan] = fc.sample(masterMessages.plan, 1);
    const backwards = { ...snapshot, firstInterval: 5, lastInterval: 4 };
    expect(problemOf(() => decodeWorkerMessage(pack(backwards)))).toContain('lastInterval');
    const beside = { ...plan, before: [[1]], row: 1 };
    expect(problemOf(() => decodeMasterMessage(pack(beside)))).toContain('row');
  });

  it('is refused where it defines a class of its own, which the decoder would make', () => {
    const bytes = new Packr({ useRecords: true }).pack({ type: 'ping', id: 1 });
    expect(problemOf(() => decodeWorkerMessage(bytes))).toContain('is not readable as MessagePack');
  });

  it('is refused above the limit', () => {
    const bytes = pack({
      type: 'bundle',
      hash: '',
      size: 0,
      offset: 0,
      bytes: Buffer.alloc(MAX_MESSAGE_BYTES),
    });
    expect(problemOf(() => decodeMasterMessage(bytes))).toContain('too large');
  });

  it('is refused with the place of its first problem, in few words', () => {
    const lines = [{ level: 'info', text: '' }, { level: 'info' }, 5];
    const problem = problemOf(() => decodeWorkerMessage(pack({ type: 'log', lines })));
    expect(problem).toMatch(/^a message breaks the protocol at lines\.1\.text: /);
    const endless = problemOf(() =>
      decodeWorkerMessage(pack({ type: 'ping', id: 1, ['x'.repeat(9_999)]: 1 })),
    );
    expect(endless.length).toBeLessThanOrEqual(300);
  });
});

describe('decoding', () => {
  it('meets 30,000 random and mutated messages with nothing but MESSAGE_INVALID', () => {
    const whole = fc.oneof(anyMasterMessage, anyWorkerMessage).map(encodeMessage);
    const change = fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('set', 'insert', 'remove'));
    const mutated = fc
      .tuple(whole, fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([bytes, changes]) => changes.reduce(mutate, [...bytes]))
      .map((bytes) => Uint8Array.from(bytes));
    const input = fc.oneof(mutated, fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(input, (bytes) => {
        for (const decode of [decodeMasterMessage, decodeWorkerMessage]) {
          expect(() => findProblem(() => decode(bytes))).not.toThrow();
        }
      }),
      { numRuns: 30_000 },
    );
  }, 30_000);

  it('meets 45,000 messages with several damages at once in the same way', () => {
    const wholes = fc
      .sample(fc.oneof(anyMasterMessage, anyWorkerMessage), { numRuns: 450, seed: 7 })
      .map(encodeMessage);
    const random = createRandom(7, 'damages');
    let refused = 0;
    const below = (limit: number): number => Math.floor(random() * limit);
    for (let input = 0; input < 45_000; input++) {
      const bytes = Buffer.from(wholes[input % wholes.length] as Uint8Array);
      for (let damages = below(6); damages >= 0; damages--) bytes[below(bytes.length)] = below(256);
      const cut = random() < 0.2 ? bytes.subarray(0, below(bytes.length)) : bytes;
      for (const decode of [decodeMasterMessage, decodeWorkerMessage]) {
        if (findProblem(() => decode(cut)) !== undefined) refused++;
      }
    }
    expect(refused).toBeGreaterThan(45_000);
  }, 30_000);

  it('goes on as before after every kind of rubbish', () => {
    const message = { type: 'ping', id: 7 } as const;
    for (const rubbish of [
      Buffer.alloc(100_000, 0x91),
      Buffer.from([0xd4, 0x72, 0x40, 0x91, 0xa1]),
      pack(NONSENSE),
    ]) {
      expect(problemOf(() => decodeWorkerMessage(rubbish))).toMatch(/^a message /);
      expect(decodeWorkerMessage(encodeMessage(message))).toEqual(message);
    }
  });
});

function mutate(bytes: number[], [position, value, kind]: [number, number, string]): number[] {
  const at = position % Math.max(1, bytes.length);
  return bytes.toSpliced(at, kind === 'insert' ? 0 : 1, ...(kind === 'remove' ? [] : [value]));
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  // A Buffer is one too.
  if (value instanceof Uint8Array) return 'bytes';
  return typeof value;
}
