import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { LoadtsError, type RunRecord } from '@loadts/core';
import { decodeRecord } from '@loadts/protocol';
import { HEADER_BYTES, MAGIC, MAX_RECORD_BYTES, readHeader } from './frame.ts';

/** Why a file ends before its run does: its last record was cut off, or is not what was written. */
export type RunFileDamage = 'torn' | 'damaged';

/**
 * The records of a run file, one by one; what it returns in the end says whether there is more that cannot be read.
 * @throws LoadtsError `RUN_FILE_INVALID` for what is no run file
 */
export function* readRunFile(path: string): Generator<RunRecord, RunFileDamage | undefined> {
  const file = open(path);
  try {
    const magic = read(file, 0, MAGIC.length);
    if (Buffer.compare(magic, MAGIC) !== 0) {
      throw new LoadtsError('RUN_FILE_INVALID', `${path} is not a run file`, {
        hint: 'loadts run writes them into .loadts/runs, or where --run-file says',
      });
    }
    let offset = MAGIC.length;
    while (true) {
      const header = read(file, offset, HEADER_BYTES);
      if (header.length === 0) return undefined;
      if (header.length < HEADER_BYTES) return 'torn';
      const { length, checksum } = readHeader(header);
      if (length > MAX_RECORD_BYTES) return 'damaged';
      const payload = read(file, offset + HEADER_BYTES, length);
      if (payload.length < length) return 'torn';
      if (crc32(payload) !== checksum) return 'damaged';
      yield decode(path, payload);
      offset += HEADER_BYTES + length;
    }
  } finally {
    closeSync(file);
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LoadtsError('RUN_FILE_INVALID', `cannot read ${path}: ${reason}`, {
      hint: 'give the run file that loadts run has printed at its end',
      cause,
    });
  }
}

/** Fewer bytes where the file ends. */
function read(file: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, bytes, filled, length - filled, offset + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function decode(path: string, payload: Uint8Array): RunRecord {
  try {
    return decodeRecord(payload);
  } catch (cause) {
    if (!(cause instanceof LoadtsError)) throw cause;
    const { code, message, hint } = cause;
    throw new LoadtsError(code, `cannot read ${path}: ${message}`, { ...(hint && { hint }), cause });
  }
}
