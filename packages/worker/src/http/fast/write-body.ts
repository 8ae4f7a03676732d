import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { BodyChunks, TransportError } from '@loadts/core';
import { TransportFailure } from '../transport-error.ts';

const WRONG_LENGTH: TransportError = {
  kind: 'other',
  code: 'CONTENT_LENGTH_MISMATCH',
  message: 'the body to send has another length than its content-length',
};

/** @throws TransportFailure where a body has another length than was said */
export function checkBodyLength(said: number | undefined, bytes: number): void {
  if (said !== undefined && said !== bytes) throw new TransportFailure(WRONG_LENGTH);
}

/**
 * Writes a body while it is made, as fast as the socket takes it, until the socket is closed.
 * @param length what was said of it; undefined sends it in chunks
 * @returns the bytes that were written
 * @throws TransportFailure for another length; what the body itself throws
 */
export async function writeBody(
  socket: Socket,
  body: BodyChunks,
  length: number | undefined,
): Promise<number> {
  let bodyBytes = 0;
  let written = 0;
  for await (const chunk of body) {
    if (!socket.writable) return written;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (bytes.length === 0) continue;
    bodyBytes += bytes.length;
    if (length !== undefined && bodyBytes > length) checkBodyLength(length, bodyBytes);
    const framed = length === undefined ? frame(bytes) : bytes;
    written += framed.length;
    if (!socket.write(framed)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
  }
  checkBodyLength(length, bodyBytes);
  if (length !== undefined || !socket.writable) return written;
  socket.write('0\r\n\r\n');
  return written + 5;
}

function frame(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}
