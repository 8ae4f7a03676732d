import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findValues } from '../raw-head.ts';
import type { ParsedHead } from './parsed-head.ts';
import { ParserPool } from './parser-pool.ts';

interface Parsed {
  readonly statuses: number[];
  readonly headers: [string, string][];
  statusText: string;
  keepAlive: boolean;
  body: string;
  completed: number;
  problem: string | undefined;
}

const pool = new ParserPool();

/** Parses a response that comes in these pieces. */
function parse(pieces: readonly Buffer[], { isHead = false, ends = false } = {}): Parsed {
  const parsed: Parsed = {
    statuses: [],
    headers: [],
    statusText: '',
    keepAlive: false,
    body: '',
    completed: 0,
    problem: undefined,
  };
  const parser = pool.take({
    begin: () => parsed.completed === 0,
    head(status: number, head: ParsedHead, keepAlive: boolean) {
      parsed.statuses.push(status);
      parsed.statusText = head.statusText;
      parsed.keepAlive = keepAlive;
      parsed.headers.length = 0;
      for (let i = 0; i < head.count; i++) parsed.headers.push([head.name(i), head.value(i)]);
      return !isHead;
    },
    body(bytes, begin, end) {
      parsed.body += bytes.toString('latin1', begin, end);
    },
    complete() {
      parsed.completed++;
    },
  });
  for (const piece of pieces) {
    piece.copy(pool.readBuffer);
    parsed.problem ??= parser.execute(piece.length);
    // What was read is overwritten by the next read of any connection.
    pool.readBuffer.fill('#', 0, piece.length);
  }
  if (ends) parsed.problem ??= parser.finish();
  parser.free(false);
  return parsed;
}

const whole = (text: string): Buffer[] => [Buffer.from(text, 'latin1')];

const RESPONSES: readonly [name: string, text: string, options?: { ends?: boolean; isHead?: boolean }][] = [
  ['with a length', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX-Thing:  a b \r\nempty:\r\n\r\nhello'],
  [
    'in chunks, with a trailer',
    'HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n5;ext=1\r\nhello\r\n3\r\n!!!\r\n0\r\ntrailer: x\r\n\r\n',
  ],
  ['until the end of the connection', 'HTTP/1.1 200 OK\r\nserver: x\r\n\r\nall that comes', { ends: true }],
  [
    'after informational ones',
    'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 102 \r\n\r\nHTTP/1.1 200 Fine\r\ncontent-length: 2\r\n\r\nok',
  ],
  ['to HEAD', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\nset-cookie: a=b\r\n\r\n', { isHead: true }],
  ['without a body', 'HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n'],
];

describe('the parser of responses', () => {
  it.each(RESPONSES)('tells the same of a response %s, wherever it was cut', (_, text, options) => {
    const bytes = Buffer.from(text, 'latin1');
    const expected = parse([bytes], options);
    expect(expected).toMatchObject({ completed: 1, problem: undefined });
    for (let at = 1; at < bytes.length; at++) {
      expect(parse([bytes.subarray(0, at), bytes.subarray(at)], options), `cut at ${at}`).toEqual(expected);
    }
    const single = Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));
    expect(parse(single, options), 'byte by byte').toEqual(expected);
  });

  it('keeps any header as it came, in any pieces', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/).map((text) => `x-${text}`);
    const value = fc.stringMatching(/^([!-~]([ -~]{0,40}[!-~])?)?$/);
    const header = fc.tuple(name, value);
    const cuts = fc.array(fc.nat(2_000), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(header, { maxLength: 12 }), cuts, (headers, at) => {
        const lines = headers.map(([key, text]) => `${key}: ${text}\r\n`).join('');
        const bytes = Buffer.from(`HTTP/1.1 200 OK\r\n${lines}content-length: 0\r\n\r\n`, 'latin1');
        const places = [...at.map((cut) => cut % bytes.length), 0, bytes.length].toSorted((a, b) => a - b);
        const pieces = places.slice(1).map((end, i) => bytes.subarray(places[i], end));
        const parsed = parse(pieces.filter((piece) => piece.length > 0));
        expect(parsed.headers.slice(0, -1)).toEqual(headers);
      }),
      { numRuns: 500 },
    );
  });

  it('joins a value of several lines', () => {
    const [, folded] = parse(
      whole('HTTP/1.1 200 OK\r\ncontent-length: 0\r\na: one\r\n  two\r\n\r\n'),
    ).headers;
    expect([undefined, ['a', 'one two']]).toContainEqual(folded);
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['another length in chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'a switch of protocols',
      'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n',
    ],
    ['too much of a header', `HTTP/1.1 200 OK\r\na: ${'b'.repeat(20_000)}\r\n\r\n`],
    ['too many headers', `HTTP/1.1 200 OK\r\n${'name: value\r\n'.repeat(2_000)}\r\n`],
  ])('says what is wrong with %s', (_, text) => {
    const { problem, completed } = parse(whole(text));
    expect([typeof problem, completed]).toEqual(['string', 0]);
    expect(problem).not.toBe('');
  });

  it('refuses a second response that nobody asked for, and keeps the first', () => {
    const one = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
    const parsed = parse(whole(one + one));
    expect(parsed).toMatchObject({ completed: 1, body: 'ok' });
    expect(parsed.problem).toBeDefined();
  });

  it('reads on where its memory has moved', () => {
    const receiver = { begin: () => true, head: () => true, body() {}, complete() {} };
    const parsers = Array.from({ length: 30_000 }, () => pool.take(receiver));
    expect(parse(whole('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')).body).toBe('ok');
    for (const parser of parsers) parser.free(false);
  });

  it('finds a header by its name in lower case', () => {
    let head: ParsedHead | undefined;
    const parser = pool.take({
      begin: () => true,
      head(_status, parsed) {
        head = parsed;
        return true;
      },
      body() {},
      complete() {},
    });
    const [bytes] = whole(
      'HTTP/1.1 200 OK\r\nSET-cookie: a\r\nSet-Cookie:b\r\nkeep-alive: timeout=5\r\n\r\n',
    );
    bytes?.copy(pool.readBuffer);
    parser.execute(bytes?.length ?? 0);
    parser.free(false);
    expect(head && findValues(head, 'set-cookie')).toEqual(['a', 'b']);
  });
});
