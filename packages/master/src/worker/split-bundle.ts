import { LoadtsError } from '@loadts/core';
import { BUNDLE_CHUNK_BYTES, type BundleMessage, MAX_BUNDLE_BYTES } from '@loadts/protocol';

/** A bundled script, as workers get it. */
export interface ScriptBundle {
  readonly code: string;
  readonly hash: string;
}

/** The messages that bring a script to a worker. @throws LoadtsError `SCRIPT_LOAD_FAILED` where it is too large. */
export function splitBundle({ code, hash }: ScriptBundle): BundleMessage[] {
  const bytes = Buffer.from(code);
  const size = bytes.length;
  if (size > MAX_BUNDLE_BYTES) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `the bundled script has ${size} bytes`, {
      hint: `at most ${MAX_BUNDLE_BYTES} can be sent to workers: do not import large data files`,
    });
  }
  return Array.from({ length: Math.ceil(size / BUNDLE_CHUNK_BYTES) }, (_, i) => {
    const offset = i * BUNDLE_CHUNK_BYTES;
    return { type: 'bundle', hash, size, offset, bytes: bytes.subarray(offset, offset + BUNDLE_CHUNK_BYTES) };
  });
}
