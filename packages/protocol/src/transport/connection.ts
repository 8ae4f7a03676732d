export interface ConnectionEvents {
  message(bytes: Uint8Array): void;
  /** Called once, whoever closed. */
  closed(reason: string): void;
}

/** Whole messages in order, both ways, until one side closes. */
export interface Connection {
  /** Bytes that wait to be sent. */
  readonly bufferedBytes: number;
  /** Sending on a closed connection does nothing. */
  send(bytes: Uint8Array): void;
  close(reason: string): void;
  /** Must be called once, in the same turn in which the connection was received. */
  listen(events: ConnectionEvents): void;
}
