import { randomBytes } from 'node:crypto';
import { LoadtsError } from '@loadts/core';
import {
  type Connection,
  decodeWorkerMessage,
  encodeMessage,
  HEARTBEAT_MS,
  MAX_GREETING_BYTES,
  type MasterMessage,
  MISSING_AFTER_MS,
  peekVersions,
  type WorkerMessage,
} from '@loadts/protocol';
import { MasterHandshake, refuseProtocol } from './master-handshake.ts';

/** What a worker that has joined may send. */
export type WorkMessage = Exclude<WorkerMessage, { type: 'hello' | 'proof' | 'ping' }>;

export interface WorkerLinkEvents {
  /** The worker has proved itself; returns the id that it gets. */
  assignId(): number;
  /** The worker has been welcomed. */
  joined(link: WorkerLink): void;
  /** An error thrown from here gives the worker up, with its message as the reason. */
  message(link: WorkerLink, message: WorkMessage): void;
  /** Something that wanted to join was told why it may not. */
  refused?(reason: string): void;
  /** Called once, whoever closed; also where the worker never joined. */
  closed(link: WorkerLink, reason: string): void;
}

/** One worker's connection as the master sees it. */
export class WorkerLink {
  readonly #connection: Connection;
  readonly #handshake: MasterHandshake;
  readonly #events: WorkerLinkEvents;
  #id: number | undefined;
  #users = 0;
  #closed = false;
  #leaving = false;
  /** Beats since the worker was last heard of. */
  #silentBeats = 0;

  constructor(connection: Connection, token: string, events: WorkerLinkEvents) {
    this.#connection = connection;
    this.#handshake = new MasterHandshake(token);
    this.#events = events;
    connection.listen({
      message: (bytes) => this.#receive(bytes),
      closed: (reason) => this.#close(reason),
    });
  }

  get hasJoined(): boolean {
    return this.#id !== undefined;
  }

  /** Counts from 1 in the order of joining; 0 before. */
  get id(): number {
    return this.#id ?? 0;
  }

  /** The release that the worker is of. */
  get version(): string {
    return this.#handshake.workerVersion;
  }

  /** Whether it was told to go, so that its end is no loss. */
  get isLeaving(): boolean {
    return this.#leaving;
  }

  /** Users that the worker had when it last reported. */
  get users(): number {
    return this.#users;
  }

  send(message: MasterMessage): void {
    this.#connection.send(encodeMessage(message));
  }

  /**
   * Every `HEARTBEAT_MS`: shows that the master is alive, and gives up a worker that was silent for too long. Counts
   * beats instead of time, so that a master that was itself suspended does not blame its workers.
   */
  beat(): void {
    if (this.hasJoined) this.send({ type: 'heartbeat' });
    if (this.#silentBeats * HEARTBEAT_MS >= MISSING_AFTER_MS) {
      this.lose(`nothing heard for ${MISSING_AFTER_MS / 1_000} s`);
    }
    this.#silentBeats++;
  }

  /** Gives the worker up: nothing more is heard of it. */
  lose(reason: string): void {
    this.#connection.close(reason);
    this.#close(reason);
  }

  #receive(bytes: Uint8Array): void {
    this.#silentBeats = 0;
    try {
      if (this.hasJoined) this.#handle(decodeWorkerMessage(bytes));
      else this.#greet(bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.hasJoined) {
        this.send({ type: 'refused', reason });
        this.#events.refused?.(reason);
      }
      this.lose(reason);
    }
  }

  #handle(message: WorkerMessage): void {
    switch (message.type) {
      case 'hello':
      case 'proof':
        throw new LoadtsError('MESSAGE_INVALID', `the worker sent a second ${message.type}`);
      case 'ping':
        return this.send({ type: 'pong', id: message.id });
      case 'status':
        this.#users = message.users;
        break;
      case 'leaving':
        this.#leaving = true;
        break;
      default:
    }
    this.#events.message(this, message);
  }

  #greet(bytes: Uint8Array): void {
    if (bytes.length > MAX_GREETING_BYTES) {
      throw new LoadtsError(
        'HANDSHAKE_REFUSED',
        `the greeting has ${bytes.length} bytes, more than ${MAX_GREETING_BYTES}`,
      );
    }
    const versions = peekVersions(bytes);
    if (versions) refuseProtocol(versions);
    const answer = this.#handshake.answer(decodeWorkerMessage(bytes));
    if (answer) return this.send(answer);
    this.#id = this.#events.assignId();
    this.send({ type: 'welcome', workerId: this.#id, resumeSecret: randomBytes(16).toString('hex') });
    this.#events.joined(this);
  }

  #close(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.closed(this, reason);
  }
}
