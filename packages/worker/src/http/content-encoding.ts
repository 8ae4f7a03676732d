import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';

/** What `accept-encoding` asks for. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

type Unpack = (packed: Uint8Array, options: ZlibOptions) => Buffer;

const UNPACKERS: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['br', brotliDecompressSync],
  ['deflate', inflateEither],
]);

function inflateEither(packed: Uint8Array, options: ZlibOptions): Buffer {
  return (hasZlibHeader(packed) ? inflateSync : inflateRawSync)(packed, options);
}

/** Some servers take deflate for the bare stream, which begins otherwise. */
export function hasZlibHeader(packed: Uint8Array): boolean {
  return ((packed[0] ?? 0) & 0x0f) === 8;
}

/**
 * The encodings to undo, the last one that was done first.
 * @returns undefined where there are none, or one that was not asked for: then the body stays as it came
 */
export function readEncodings(values: readonly string[]): readonly string[] | undefined {
  if (values.length === 0) return undefined;
  const names = values.join(',').toLowerCase().split(',');
  const encodings = names.map((name) => name.trim()).filter((name) => name !== '' && name !== 'identity');
  if (encodings.length === 0 || !encodings.every((name) => UNPACKERS.has(name))) return undefined;
  return encodings.reverse();
}

/** @throws Error where the body is broken, or larger than this when unpacked */
export function unpack(packed: Buffer, encodings: readonly string[], maxBytes: number): Buffer {
  let body = packed;
  for (const encoding of encodings) body = undo(body, encoding, maxBytes);
  return body;
}

function undo(packed: Buffer, encoding: string, maxBytes: number): Buffer {
  try {
    return UNPACKERS.get(encoding)?.(packed, { maxOutputLength: maxBytes }) ?? packed;
  } catch (cause) {
    if ((cause as { readonly code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Error(`the body was not unpacked: the limit is ${maxBytes / 1_048_576} MiB`, { cause });
    }
    throw brokenBody(encoding, cause);
  }
}

export function brokenBody(encoding: string, cause: unknown): Error {
  return new Error(`the body is no valid ${encoding}: ${(cause as Error).message}`, { cause });
}
