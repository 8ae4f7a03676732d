import { LoadtsError } from '@loadts/core';
import { BUNDLE_CHUNK_BYTES, MAX_BUNDLE_BYTES } from '@loadts/protocol';
import type { WorkerLink } from './worker-link.ts';

/** A bundled script, as workers get it. */
export interface ScriptBundle {
  readonly code: string;
  readonly hash: string;
}

/** @throws LoadtsError `SCRIPT_LOAD_FAILED` where the script is too large to be sent. */
export function sendBundle(link: WorkerLink, bundle: ScriptBundle): void {
  const bytes = Buffer.from(bundle.code);
  if (bytes.length > MAX_BUNDLE_BYTES) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `the bundled script has ${bytes.length} bytes`, {
      hint: `at most ${MAX_BUNDLE_BYTES} can be sent to workers: do not import large data files`,
    });
  }
  for (let offset = 0; offset < bytes.length; offset += BUNDLE_CHUNK_BYTES) {
    const part = bytes.subarray(offset, offset + BUNDLE_CHUNK_BYTES);
    link.send({ type: 'bundle', hash: bundle.hash, size: bytes.length, offset, bytes: part });
  }
}
