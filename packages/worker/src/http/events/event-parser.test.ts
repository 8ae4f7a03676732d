import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventParser } from './event-parser.ts';

const dataOf = (format: 'sse' | 'lines' | 'chunks', ...chunks: string[]): string[] => {
  const parser = createEventParser(format);
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end()].map(({ data }) => data);
};

describe('server-sent events', () => {
  it('end with an empty line, and have the fields of the standard', () => {
    const parser = createEventParser('sse');
    const text = ': comment\nevent: add\nid: 7\ndata: one\ndata: two\n\ndata:three\n\nretry: 5\n\ndata\n\n';
    expect(parser.push(text)).toEqual([
      { type: 'add', data: 'one\ntwo', id: '7' },
      { type: 'message', data: 'three', id: '7' },
      { type: 'message', data: '', id: '7' },
    ]);
  });

  it('are no events where they are cut off', () => {
    expect(dataOf('sse', 'data: whole\n\ndata: half\n')).toEqual(['whole']);
  });

  it('are the same wherever the network cuts them, and whatever ends their lines', () => {
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    const texts = fc.array(fc.stringMatching(/^[a-z :{}"]{1,12}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(texts, lineEnd, fc.array(fc.nat(60), { maxLength: 6 }), (data, end, cuts) => {
        const whole = data.map((one) => `data: ${one}${end}${end}`).join('') + end;
        const places = [0, ...cuts.map((cut) => cut % whole.length).sort((a, b) => a - b), whole.length];
        const chunks = places.slice(1).map((place, i) => whole.slice(places[i], place));
        expect(dataOf('sse', ...chunks)).toEqual(data);
      }),
    );
  });
});

describe('other formats', () => {
  it('have an event for each line with text, the last one without an end too', () => {
    expect(dataOf('lines', '{"a":', '1}\n\n{"b":2}\r', '\n{"c":3}')).toEqual([
      '{"a":1}',
      '{"b":2}',
      '{"c":3}',
    ]);
  });

  it('have an event for each chunk', () => {
    expect(dataOf('chunks', 'one', '', 'two')).toEqual(['one', 'two']);
  });

  it('refuse an event that never ends', () => {
    const parser = createEventParser('lines');
    expect(() => parser.push('x'.repeat(2 ** 20 + 1))).toThrow('longer than 1 Mi characters');
  });
});
