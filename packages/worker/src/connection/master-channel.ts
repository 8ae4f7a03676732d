import {
  type Connection,
  decodeMasterMessage,
  encodeMessage,
  type MasterMessage,
  type WorkerMessage,
} from '@loadts/protocol';

export interface MasterEvents {
  message(message: MasterMessage): void;
  /** A message could not be read, or its handling threw. */
  failed(error: unknown): void;
  closed(reason: string): void;
}

/** Typed messages over the connection to a master. */
export class MasterChannel {
  readonly #connection: Connection;

  constructor(connection: Connection, events: MasterEvents) {
    this.#connection = connection;
    connection.listen({
      message: (bytes) => receive(bytes, events),
      closed: (reason) => events.closed(reason),
    });
  }

  /** Bytes that wait to be sent. */
  get bufferedBytes(): number {
    return this.#connection.bufferedBytes;
  }

  /** Bytes that came so far. */
  get receivedBytes(): number {
    return this.#connection.receivedBytes;
  }

  send(message: WorkerMessage): void {
    this.#connection.send(encodeMessage(message));
  }

  close(reason: string): void {
    this.#connection.close(reason);
  }
}

function receive(bytes: Uint8Array, events: MasterEvents): void {
  try {
    events.message(decodeMasterMessage(bytes));
  } catch (error) {
    events.failed(error);
  }
}
