import type { StreamedBody } from './streamed-body.ts';

/** What a request carries, ready to be sent. */
export interface EncodedBody {
  readonly content: string | Uint8Array | StreamedBody;
  readonly contentType: string | undefined;
  /** Of a streamed body, where it is known; of others the connection sets it. */
  readonly contentLength: number | undefined;
  readonly repeatable: boolean;
}
