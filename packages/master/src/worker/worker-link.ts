import { randomBytes } from 'node:crypto';
import { LoadtsError, type WorkerFacts } from '@loadts/core';
import {
  type Connection,
  DamagePatience,
  decodeWorkerMessage,
  encodeMessage,
  HEARTBEAT_MS,
  isNumbered,
  isProofValid,
  MAX_GREETING_BYTES,
  type MasterMessage,
  MISSING_AFTER_MS,
  Outbox,
  peekVersions,
  type Resume,
  STALLED_AFTER_MS,
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
  /** The worker that proved itself on this link says that it was another one before. @returns that one */
  resume?(link: WorkerLink, resume: Resume): WorkerLink | undefined;
  /** Called once, whoever closed, also where the worker never joined; or it is missing and may come back to deliver. */
  closed(link: WorkerLink, reason: string): void;
  /** The connection of a worker that may come back is gone. */
  detached?(link: WorkerLink, reason: string): void;
  /** A worker that was missing is there. */
  returned?(link: WorkerLink): void;
  /** A worker that was missing and had returned is gone. */
  departed?(link: WorkerLink, reason: string): void;
}

/** One worker's connection as the master sees it. */
export class WorkerLink {
  /** Undefined while it is broken. */
  #connection: Connection | undefined;
  readonly #handshake: MasterHandshake;
  readonly #events: WorkerLinkEvents;
  #id: number | undefined;
  #users = 0;
  #closed = false;
  #missing = false;
  readonly #secret = randomBytes(16).toString('hex');
  readonly #outbox = new Outbox<MasterMessage>();
  /** Numbered messages of the worker that were received. */
  #received = 0;
  /** How much silence makes it missing. */
  patienceMs: number = MISSING_AFTER_MS;
  /** Whose connection it is: that of the worker which has come back on it. */
  #owner: WorkerLink = this;
  #leaving = false;
  /** Nothing more is to come from it. */
  #dismissed = false;
  /** Beats since the worker was last heard of. */
  #silentBeats = 0;
  /** Beats since its last whole message. */
  #messageBeats = 0;
  /** Bytes of the current connection at the last beat. */
  #heardBytes = 0;
  readonly #patience = new DamagePatience();

  constructor(connection: Connection, token: string, events: WorkerLinkEvents) {
    this.#connection = connection;
    this.#handshake = new MasterHandshake(token);
    this.#events = events;
    connection.listen({
      message: (bytes) => {
        const owner = this.#owner;
        owner.#receive(connection, bytes);
      },
      closed: (reason) => {
        const owner = this.#owner;
        owner.#detach(connection, reason);
      },
    });
  }

  get hasJoined(): boolean {
    return this.#id !== undefined;
  }

  /** Counts from 1 in the order of joining; 0 before. */
  get id(): number {
    return this.#id ?? 0;
  }

  /** Where it runs, and what. */
  get facts(): WorkerFacts {
    return { id: this.id, ...this.#handshake.workerFacts };
  }

  /** Whether it was told to go, so that its end is no loss. */
  get isLeaving(): boolean {
    return this.#leaving;
  }

  /** Users that the worker had when it last reported. */
  get users(): number {
    return this.#users;
  }

  /** Whether it was given up, and may still come back to deliver. */
  get isMissing(): boolean {
    return this.#missing;
  }

  /** Whether a worker that comes back is this one. */
  matches({ workerId, secret }: Resume): boolean {
    return this.hasJoined && this.id === workerId && isProofValid(secret, this.#secret);
  }

  send(message: MasterMessage): void {
    if (message.type === 'goodbye') this.#dismissed = true;
    if (this.#handshake.resumes && isNumbered(message)) this.#outbox.add(message);
    this.#connection?.send(encodeMessage(message));
  }

  /**
   * Every `HEARTBEAT_MS`: shows that the master is alive, and gives up a worker that was silent for too long. Counts
   * beats instead of time, so that a master that was itself suspended does not blame its workers.
   */
  beat(): void {
    this.#noteBytes();
    const silentMs = this.#silentBeats * HEARTBEAT_MS;
    // At most so long: the worker shall have stopped before it is missing.
    const atMostMs = silentMs === 0 ? 0 : silentMs + HEARTBEAT_MS;
    if (this.hasJoined) this.send({ type: 'heartbeat', received: this.#received, silentMs: atMostMs });
    const patienceMs = this.hasJoined ? this.patienceMs : MISSING_AFTER_MS;
    const isStalled = this.#messageBeats * HEARTBEAT_MS >= STALLED_AFTER_MS;
    if (silentMs >= patienceMs) this.#miss(`nothing heard for ${patienceMs / 1_000} s`);
    else if (isStalled) this.#cutOff(`no whole message for ${STALLED_AFTER_MS / 1_000} s`);
    this.#silentBeats++;
    this.#messageBeats++;
  }

  /** A long message takes its time: its bytes are a sign of life, of one that has proved itself. */
  #noteBytes(): void {
    const bytes = this.#connection?.receivedBytes ?? 0;
    if (this.hasJoined && bytes > this.#heardBytes) this.#silentBeats = 0;
    this.#heardBytes = bytes;
  }

  /** Gives the worker up: nothing more is heard of it. */
  lose(reason: string): void {
    this.#cutOff(reason);
    this.#close(reason);
  }

  #cutOff(reason: string): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.close(reason);
  }

  /** Nothing was heard of it for too long. */
  #miss(reason: string): void {
    if (!this.hasJoined || !this.#handshake.resumes) return this.lose(reason);
    this.#cutOff(reason);
    if (this.#missing) return this.#events.departed?.(this, reason);
    this.#missing = true;
    this.#events.closed(this, reason);
  }

  /** The connection is gone, and the worker may be as well. */
  #detach(connection: Connection, reason: string): void {
    if (connection !== this.#connection) return;
    this.#connection = undefined;
    if (!this.hasJoined || !this.#handshake.resumes || this.#dismissed) return this.#close(reason);
    if (this.#missing) this.#events.departed?.(this, reason);
    else this.#events.detached?.(this, reason);
  }

  /** The worker is back on another connection. */
  #adopt(connection: Connection, { received, ended }: Resume): void {
    this.#cutOff('the worker came back on another connection');
    this.#outbox.confirm(received);
    this.#connection = connection;
    this.#heardBytes = connection.receivedBytes;
    this.#silentBeats = 0;
    this.#messageBeats = 0;
    if (ended && !this.#missing) {
      this.#missing = true;
      this.#events.closed(this, 'it heard nothing of this master for too long');
    }
    const resumed = { received: this.#received, ended: this.#missing };
    this.send({ type: 'welcome', workerId: this.id, resumeSecret: this.#secret, resumed });
    for (const kept of this.#outbox.kept) connection.send(encodeMessage(kept));
    if (this.#missing) this.#events.returned?.(this);
  }

  #receive(connection: Connection, bytes: Uint8Array): void {
    if (connection !== this.#connection) return;
    this.#silentBeats = 0;
    this.#messageBeats = 0;
    try {
      if (this.hasJoined) this.#handle(decodeWorkerMessage(bytes));
      else this.#greet(connection, bytes);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.hasJoined) {
        this.send({ type: 'refused', reason });
        this.#events.refused?.(reason);
      }
      if (!this.#mayComeAgain(error)) return this.lose(reason);
      this.#cutOff(reason);
      this.#events.detached?.(this, reason);
    }
  }

  /** What was damaged on its way comes again where the worker comes back. */
  #mayComeAgain(error: unknown): boolean {
    const isDamage = error instanceof LoadtsError && error.code === 'MESSAGE_INVALID';
    return isDamage && this.hasJoined && this.#handshake.resumes && this.#patience.bears(this.#received);
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
        if (this.#handshake.resumes) this.#outbox.confirm(message.received);
        break;
      case 'leaving':
        this.#leaving = true;
        break;
      default:
    }
    this.#events.message(this, message);
    if (isNumbered(message)) this.#received++;
  }

  #greet(connection: Connection, bytes: Uint8Array): void {
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
    const { resume } = this.#handshake;
    const known = resume && this.#events.resume?.(this, resume);
    if (known && !resume.anew) {
      this.#connection = undefined;
      this.#closed = true;
      this.#owner = known;
      return known.#adopt(connection, resume);
    }
    if (known) known.#miss('it joins anew');
    this.#id = known?.id ?? this.#events.assignId();
    this.send({ type: 'welcome', workerId: this.#id, resumeSecret: this.#secret, resumed: null });
    this.#events.joined(this);
  }

  #close(reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.closed(this, reason);
  }
}
