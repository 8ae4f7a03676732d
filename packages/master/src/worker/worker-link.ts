import { randomBytes } from 'node:crypto';
import { LoadtsError, type WorkerState } from '@loadts/core';
import {
  type Connection,
  decodeWorkerMessage,
  encodeMessage,
  type HelloMessage,
  MAX_GREETING_BYTES,
  type MasterMessage,
  type WorkerMessage,
  type WorkerStatusMessage,
} from '@loadts/protocol';
import { MasterHandshake } from './master-handshake.ts';

/** What a proven worker may send. */
export type WorkMessage = Exclude<WorkerMessage, { type: 'hello' | 'proof' | 'ping' }>;

export interface WorkerLinkEvents {
  /** The worker has proved itself; returns the id that it gets. */
  accepted(link: WorkerLink): number;
  message(link: WorkerLink, message: WorkMessage): void;
  /** Only for an accepted worker. */
  closed(link: WorkerLink, reason: string): void;
}

/** One worker's connection as the master sees it. */
export class WorkerLink {
  readonly #connection: Connection;
  readonly #handshake: MasterHandshake;
  readonly #events: WorkerLinkEvents;
  #id: number | undefined;
  #lastStatus: Omit<WorkerStatusMessage, 'type'> = {
    state: 'ready',
    users: 0,
    loopDelayUs: 0,
    utilization: 0,
  };
  #missing = false;
  /** Whether anything was heard since `takeSign` was last called. */
  #heard = true;

  constructor(connection: Connection, token: string, events: WorkerLinkEvents) {
    this.#connection = connection;
    this.#handshake = new MasterHandshake(token);
    this.#events = events;
    connection.listen({
      message: (bytes) => this.#receive(bytes),
      closed: (reason) => this.#close(reason),
    });
  }

  /** Counts from 1 in the order of joining. */
  get id(): number {
    return this.#id ?? 0;
  }

  get hello(): HelloMessage | undefined {
    return this.#handshake.hello;
  }

  get state(): WorkerState {
    return this.#missing ? 'missing' : this.#lastStatus.state;
  }

  get status(): Omit<WorkerStatusMessage, 'type'> {
    return this.#lastStatus;
  }

  send(message: MasterMessage): void {
    this.#connection.send(encodeMessage(message));
  }

  /** Whether the worker was heard of since the last call. */
  takeSign(): boolean {
    const heard = this.#heard;
    this.#heard = false;
    return heard;
  }

  /** Gives the worker up. */
  lose(reason: string): void {
    this.#connection.close(reason);
    this.#close(reason);
  }

  #receive(bytes: Uint8Array): void {
    this.#heard = true;
    try {
      if (this.#id === undefined && bytes.length > MAX_GREETING_BYTES) {
        throw new LoadtsError('MESSAGE_INVALID', 'the greeting is too long');
      }
      this.#handle(decodeWorkerMessage(bytes));
    } catch (error) {
      this.lose(error instanceof Error ? error.message : String(error));
    }
  }

  #handle(message: WorkerMessage): void {
    if (this.#id === undefined) return this.#greet(message);
    switch (message.type) {
      case 'hello':
      case 'proof':
        throw new LoadtsError('MESSAGE_INVALID', `a second ${message.type}`);
      case 'ping':
        return this.send({ type: 'pong', id: message.id });
      case 'status':
        this.#lastStatus = message;
        break;
      default:
    }
    this.#events.message(this, message);
  }

  #greet(message: WorkerMessage): void {
    if (message.type === 'hello') {
      const answer = this.#handshake.challenge(message);
      this.send(answer);
      if (answer.type === 'refused') this.#connection.close('refused');
    } else if (message.type === 'proof' && this.#handshake.isWorkerProven(message.proof)) {
      this.#id = this.#events.accepted(this);
      this.send({ type: 'welcome', workerId: this.#id, resumeSecret: randomBytes(16).toString('hex') });
    } else {
      this.send({ type: 'refused', reason: 'the worker does not know the token of this master' });
      this.#connection.close('refused');
    }
  }

  #close(reason: string): void {
    if (this.#missing) return;
    this.#missing = true;
    if (this.#id !== undefined) this.#events.closed(this, reason);
  }
}
