import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import type { HeaderList } from '../request-headers.ts';
import type { RequestParts } from '../request-plan.ts';
import { StreamedBody } from '../streamed-body.ts';
import type { RequestHeads } from './request-heads.ts';
import { checkBodyLength, writeBody } from './write-body.ts';

/** Up to here head and body are sent as one piece. */
const MAX_JOINED_BYTES = 16_384;

/**
 * HOT: writes a request.
 * @returns the bytes that were written, or, for a body that is made meanwhile, a promise of them
 * @throws TransportFailure for a body of another length than was said
 */
export function writeRequest(
  socket: Socket,
  parts: RequestParts,
  heads: RequestHeads,
): number | Promise<number> {
  const { options } = parts;
  const { body } = options;
  if (body instanceof StreamedBody) return writeStreamed(socket, options, body, heads);
  const bytes = typeof body === 'string' ? Buffer.from(body) : (body as Uint8Array | null);
  if (bytes === null || bytes.length === 0) {
    const head = heads.bare(parts);
    socket.write(head);
    return head.length;
  }
  checkBodyLength(saidLength(options), bytes.length);
  const head = heads.make(options, `content-length: ${bytes.length}\r\n`);
  if (bytes.length <= MAX_JOINED_BYTES) {
    socket.write(Buffer.concat([head, bytes]));
  } else {
    socket.write(head);
    socket.write(bytes);
  }
  return head.length + bytes.length;
}

async function writeStreamed(
  socket: Socket,
  options: Dispatcher.DispatchOptions,
  body: StreamedBody,
  heads: RequestHeads,
): Promise<number> {
  const length = saidLength(options);
  const framing = length === undefined ? 'transfer-encoding: chunked' : `content-length: ${length}`;
  const head = heads.make(options, `${framing}\r\n`);
  socket.write(head);
  return head.length + (await writeBody(socket, body, length));
}

/** What the headers say of the body's length. */
function saidLength({ headers }: Dispatcher.DispatchOptions): number | undefined {
  const list = headers as HeaderList;
  for (let i = 0; i < list.length; i += 2) {
    if (list[i] === 'content-length') return Number(list[i + 1]);
  }
  return undefined;
}
