import type { Clock } from '@loadts/core';

/** How a data file is read. Apart from the code that does it: scripts see this type, and may have no types of Node.js. */
export interface ReadOptions {
  /** As the script names it. */
  readonly file: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told how far it is, in words, where a file takes long. */
  readonly onProgress: (text: string) => void;
}
