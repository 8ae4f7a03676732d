import type { FileHandle } from 'node:fs/promises';
import type { ReadOptions } from './read-options.ts';

const CHUNK_BYTES = 256 * 1024;
const PROGRESS_US = 2_000_000;

/** A file from its beginning, a little at a time. A stream would leave the handle unusable when it is cut off. */
export async function* readFile(handle: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const bytes = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await handle.read(bytes, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield bytes.subarray(0, bytesRead);
  }
}

/** As `readFile`. After 2 s, and then every 2 s, it says how far it is. */
export async function* readChunks(handle: FileHandle, options: ReadOptions): AsyncGenerator<Buffer> {
  const { file, clock, signal, onProgress } = options;
  const { size } = await handle.stat();
  let toldUs = clock.nowUs();
  let read = 0;
  for await (const chunk of readFile(handle)) {
    signal.throwIfAborted();
    yield chunk;
    read += chunk.length;
    if (clock.nowUs() - toldUs < PROGRESS_US) continue;
    toldUs = clock.nowUs();
    onProgress(`reading ${file}: ${Math.floor((100 * read) / size)} %`);
  }
}
