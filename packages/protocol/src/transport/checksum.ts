import { crc32 } from 'node:zlib';

/** What a message is longer by on its way. */
export const CHECKSUM_BYTES = 4;

/** The bytes and their CRC-32, since that of TCP lets one in 65,536 damages pass. */
export function addChecksum(bytes: Uint8Array): Uint8Array {
  const sent = Buffer.allocUnsafe(bytes.length + CHECKSUM_BYTES);
  sent.set(bytes);
  sent.writeUInt32BE(crc32(bytes), bytes.length);
  return sent;
}

/** The bytes without it; undefined where they are not those that were sent. */
export function takeChecksum(received: Uint8Array): Uint8Array | undefined {
  const length = received.length - CHECKSUM_BYTES;
  if (length < 0) return undefined;
  const bytes = received.subarray(0, length);
  const { buffer, byteOffset } = received;
  return new DataView(buffer, byteOffset + length).getUint32(0) === crc32(bytes) ? bytes : undefined;
}
