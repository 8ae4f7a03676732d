import { MAX_MESSAGE_BYTES } from '../version.ts';

export interface ConnectionEvents {
  message(bytes: Uint8Array): void;
  /** Called once, whoever closed. */
  closed(reason: string): void;
}

/** Whole messages in order, both ways, until one side closes. */
export interface Connection {
  /** Bytes that wait to be sent. */
  readonly bufferedBytes: number;
  /** Bytes that came so far: where they grow, the other side is alive, also in the middle of a long message. */
  readonly receivedBytes: number;
  /** On a closed connection it does nothing. A message above `MAX_MESSAGE_BYTES` closes it and says so. */
  send(bytes: Uint8Array): void;
  /** What was sent before still arrives; nothing more is received. */
  close(reason: string): void;
  /** Must be called once, in the same turn in which the connection was received. */
  listen(events: ConnectionEvents): void;
}

/** Why a message cannot be sent, where it cannot. */
export function findOversize(bytes: Uint8Array): string | undefined {
  if (bytes.length <= MAX_MESSAGE_BYTES) return undefined;
  return `a message of ${bytes.length} bytes is larger than the ${MAX_MESSAGE_BYTES} that are allowed`;
}
