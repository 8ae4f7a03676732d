import fc from 'fast-check';

/** What a server does with one request: bytes in pieces. */
export interface ServedResponse {
  readonly pieces: readonly string[];
  /** Its end cannot be told from its bytes: the server closes the connection, and it is used for nothing else. */
  readonly closes: boolean;
}

const token = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,11}$/);
const text = fc.stringMatching(/^[ -~]{0,30}$/);
const header = fc
  .tuple(token, text)
  .filter(([name]) => !/^(connection|keep-alive|content-.*|transfer-.*|upgrade|te|trailer)$/i.test(name))
  .map(([name, value]) => `${name}: ${value}\r\n`);

/** How a body is delimited, as header lines and what follows the head. */
type Framing = readonly [lines: string, body: string];

const delimited: fc.Arbitrary<Framing> = fc.oneof(
  text.map((body): Framing => [`content-length: ${body.length}\r\n`, body]),
  fc.array(text, { maxLength: 4 }).map((parts): Framing => ['transfer-encoding: chunked\r\n', chunk(parts)]),
);
const undelimited: fc.Arbitrary<Framing> = fc.oneof(
  { weight: 3, arbitrary: text.map((body): Framing => ['', body]) },
  // None of these should pass.
  { weight: 1, arbitrary: text.map((body): Framing => [`content-length: ${body.length + 3}\r\n`, body]) },
  { weight: 1, arbitrary: text.map((body): Framing => ['transfer-encoding: chunked\r\n', `${body}\r\n`]) },
  { weight: 1, arbitrary: fc.constant<Framing>(['content-length: 2\r\ncontent-length: 3\r\n', 'ok']) },
);
const STATUSES = [200, 200, 201, 202, 204, 304, 400, 404, 429, 500, 503, 599];
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 304]);
const EARLY = ['', '', '', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n', 'HTTP/1.1 102 \r\n\r\n'];

/** @param closes whether bytes may follow that belong to no response */
const responseOf = (framing: fc.Arbitrary<Framing>, closes: boolean): fc.Arbitrary<string> =>
  fc
    .record({
      version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0'),
      status: fc.constantFrom(...STATUSES),
      reason: fc.constantFrom(' OK', ' Not At All', ' ', ''),
      headers: fc.array(header, { maxLength: 4 }),
      connection: fc.constantFrom('', '', '', 'connection: close\r\n', 'connection: keep-alive\r\n'),
      framing,
      before: fc.constantFrom(...EARLY),
    })
    .map(({ version, status, reason, headers, connection, framing: [lines, body], before }) => {
      const isBare = !closes && WITHOUT_BODY.has(status);
      const head = [before, `${version} ${status}${reason}\r\n`, ...headers, connection, lines, '\r\n'];
      return [...head, isBare ? '' : body].join('');
    });

const right = responseOf(delimited, false);
const open = responseOf(fc.oneof(delimited, undelimited), true);

/** Something is wrong with it, somewhere. */
const damaged = fc
  .tuple(open, fc.nat(), fc.constantFrom('', '\r', '\n', '\0', ' ', ':', 'HTTP/1.1', '\r\n\r\n', '\x80'))
  .map(([bytes, at, wrong]) => {
    const place = at % (bytes.length + 1);
    return bytes.slice(0, place) + wrong + bytes.slice(place + (at % 3));
  });

/** Responses that follow the rules, in pieces, on connections that stay open. */
export const rightResponse: fc.Arbitrary<ServedResponse> = inPieces(right, false);

/** Responses that end with their connection, that are wrong, or damaged somewhere. */
export const oddResponse: fc.Arbitrary<ServedResponse> = inPieces(fc.oneof(open, damaged), true);

function inPieces(responses: fc.Arbitrary<string>, closes: boolean): fc.Arbitrary<ServedResponse> {
  return fc.tuple(responses, fc.array(fc.nat(), { maxLength: 2 })).map(([bytes, cuts]) => {
    const inner = cuts.map((cut) => cut % (bytes.length + 1));
    const places = [...inner, 0, bytes.length].toSorted((a, b) => a - b);
    const pieces = places.slice(1).map((end, i) => bytes.slice(places[i], end));
    return { pieces: pieces.filter((piece) => piece !== ''), closes };
  });
}

function chunk(parts: readonly string[]): string {
  const full = parts.filter((part) => part !== '');
  return `${full.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`;
}
