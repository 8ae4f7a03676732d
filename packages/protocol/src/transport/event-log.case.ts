import type { Connection } from './connection.ts';

/** Keeps what one end of a connection hears. */
export class EventLog {
  readonly messages: Uint8Array[] = [];
  readonly reasons: string[] = [];
  #changed: () => void = () => {};

  constructor(connection: Connection) {
    connection.listen({
      message: (bytes) => {
        this.messages.push(bytes);
        this.#changed();
      },
      closed: (reason) => {
        this.reasons.push(reason);
        this.#changed();
      },
    });
  }

  get texts(): string[] {
    return this.messages.map((bytes) => Buffer.from(bytes).toString());
  }

  async untilMessages(count: number): Promise<void> {
    while (this.messages.length < count) await this.#change();
  }

  /** @returns the reason */
  async untilClosed(): Promise<string> {
    while (this.reasons.length === 0) await this.#change();
    return this.reasons[0] as string;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}
