import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { brokenBody, hasZlibHeader } from './content-encoding.ts';

/**
 * Undoes encodings while the body comes.
 * @param wasCutOff whether the body broke off, which is no fault of its encoding
 */
export function unpackChunks(
  packed: AsyncGenerator<Uint8Array>,
  encodings: readonly string[],
  wasCutOff: () => boolean,
): AsyncGenerator<Uint8Array> {
  return encodings.reduce((chunks, encoding) => undo(chunks, encoding, wasCutOff), packed);
}

async function* undo(
  packed: AsyncGenerator<Uint8Array>,
  encoding: string,
  wasCutOff: () => boolean,
): AsyncGenerator<Uint8Array> {
  const first = await packed.next();
  if (first.done) return;
  const decoder = createDecoder(encoding, first.value);
  // One chunk at a time: the body waits for its reader.
  const source = Readable.from(startWith(first.value, packed), { highWaterMark: 1 });
  pipeline(source, decoder, () => {});
  try {
    yield* decoder as AsyncIterable<Uint8Array>;
  } catch (cause) {
    const isBroken = String((cause as { readonly code?: unknown }).code).match(/^(Z_|ERR_)/);
    if (!isBroken) throw cause;
    if (!wasCutOff()) throw brokenBody(encoding, cause);
  }
}

async function* startWith(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

function createDecoder(encoding: string, first: Uint8Array): Transform {
  if (encoding === 'br') return createBrotliDecompress();
  if (encoding !== 'deflate') return createGunzip();
  return hasZlibHeader(first) ? createInflate() : createInflateRaw();
}
