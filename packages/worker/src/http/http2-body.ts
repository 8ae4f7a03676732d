import type { ClientHttp2Stream } from 'node:http2';
import { Readable } from 'node:stream';

export type Http2Body = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/**
 * Sends a request's body, as fast as the stream takes it.
 * @param onSent told the bytes of each piece
 * @param onFailed the body itself broke off
 */
export function sendBody(
  stream: ClientHttp2Stream,
  body: Http2Body,
  onSent: (bytes: number) => void,
  onFailed: () => void,
): void {
  if (typeof body === 'string' || body instanceof Uint8Array) {
    onSent(Buffer.byteLength(body));
    stream.end(body);
    return;
  }
  const source = Readable.from(body);
  source.on('data', (chunk: string | Uint8Array) => onSent(Buffer.byteLength(chunk)));
  source.on('error', onFailed);
  // Whoever makes the body may have something to close.
  stream.once('close', () => source.destroy());
  source.pipe(stream);
}
