import { LoadtsError } from '@loadts/core';
import type { MasterMessage, WorkerMessage } from './message.ts';

type Message = MasterMessage | WorkerMessage;

/** They are of one connection or of one moment: none of them is sent again. */
const UNNUMBERED: ReadonlySet<Message['type']> = new Set<Message['type']>([
  'hello',
  'challenge',
  'proof',
  'welcome',
  'refused',
  'ping',
  'pong',
  'heartbeat',
  'status',
]);

/** Whether both sides count the message, so that none is lost or doubled where a connection breaks. */
export function isNumbered({ type }: Message): boolean {
  return !UNNUMBERED.has(type);
}

/** Keeps numbered messages in order until the other side has them. */
export class Outbox<Numbered extends Message> {
  #confirmed = 0;
  #kept: Numbered[] = [];

  /** What to send again on a new connection. */
  get kept(): readonly Numbered[] {
    return this.#kept;
  }

  add(message: Numbered): void {
    this.#kept.push(message);
  }

  /** The other side has received so many. @throws LoadtsError `MESSAGE_INVALID` for more than there were */
  confirm(received: number): void {
    if (received > this.#confirmed + this.#kept.length) {
      throw new LoadtsError(
        'MESSAGE_INVALID',
        `${received} messages were received, which is more than were sent`,
      );
    }
    if (received <= this.#confirmed) return;
    this.#kept = this.#kept.slice(received - this.#confirmed);
    this.#confirmed = received;
  }
}
