import { crc32 } from 'node:zlib';

/** What a run file begins with. */
export const MAGIC: Uint8Array = new TextEncoder().encode('LOADTSJ1');
/** Before each record: its length and its CRC-32, both as unsigned 32 bits, little-endian. */
export const HEADER_BYTES = 8;
/** No record is longer: a length that is more is damaged. */
export const MAX_RECORD_BYTES: number = 256 * 2 ** 20;

/** A record as it stands in the file. */
export function frameRecord(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + payload.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, payload.length, true);
  view.setUint32(4, crc32(payload), true);
  frame.set(payload, HEADER_BYTES);
  return frame;
}

/** What a header says. */
export function readHeader(header: Uint8Array): { readonly length: number; readonly checksum: number } {
  const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES);
  return { length: view.getUint32(0, true), checksum: view.getUint32(4, true) };
}
