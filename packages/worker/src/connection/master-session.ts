import { type Clock, LoadtsError } from '@loadts/core';
import {
  type Connection,
  DamagePatience,
  isNumbered,
  type MasterMessage,
  MISSING_AFTER_MS,
  Outbox,
  type Resume,
  STALLED_AFTER_MS,
  type WorkerMessage,
} from '@loadts/protocol';
import { MasterChannel } from './master-channel.ts';
import { WorkerHandshake } from './worker-handshake.ts';

export interface MasterSessionEvents {
  /** A connection is welcome. @param isNew whether nothing of before counts any more */
  joined(workerId: number, isNew: boolean): void;
  message(message: MasterMessage): void;
  /** The master has counted this one as missing: its users have to end. */
  missed(): void;
  /** Nobody knows whether the master is still there. */
  detached(): void;
  /** There is no way back. */
  failed(error: unknown): void;
}

export interface MasterSessionOptions {
  readonly connection: Connection;
  readonly token: string;
  readonly cores: number;
  readonly clock: Clock;
  /** Undefined: the end of the connection is the end of all. */
  readonly reconnect: (() => Promise<Connection>) | undefined;
  readonly events: MasterSessionEvents;
}

const CONGESTED_BYTES = 64 * 1_024;

/** A worker's bond with its master, which outlives a broken connection: no message is lost or comes twice. */
export class MasterSession {
  readonly #options: MasterSessionOptions;
  #channel: MasterChannel | undefined;
  #handshake: WorkerHandshake;
  #outbox = new Outbox<WorkerMessage>();
  #received = 0;
  #identity: Pick<Resume, 'workerId' | 'secret'> | undefined;
  /** When anything of the master came. */
  #heardUs: number;
  /** When its last whole message came. */
  #messageUs: number;
  /** When the master had heard of this worker, as far as it says. */
  #hasHeardUs: number;
  /** Bytes of the current connection that count as heard. */
  #heardBytes = 0;
  /** Messages that could not be right, since `received` has grown. */
  readonly #patience = new DamagePatience();
  /** When the current connection was made. */
  #attachedUs = 0;
  #ended = false;
  #isAnew = false;
  #closed = false;
  #isReconnecting = false;

  constructor(options: MasterSessionOptions) {
    this.#options = options;
    this.#heardUs = options.clock.nowUs();
    this.#messageUs = this.#heardUs;
    this.#hasHeardUs = this.#heardUs;
    this.#handshake = this.#attach(options.connection);
  }

  /** Whether the master listens. */
  get isOnline(): boolean {
    return this.#channel !== undefined && this.#handshake.complete;
  }

  /** Numbered messages of the master that were received. */
  get received(): number {
    return this.#received;
  }

  /** Whether the master has everything that was sent. */
  get isDelivered(): boolean {
    return this.#outbox.kept.length === 0;
  }

  /** Whether more waits to be sent than the network takes. */
  get isCongested(): boolean {
    return (this.#channel?.bufferedBytes ?? 0) > CONGESTED_BYTES;
  }

  send(message: WorkerMessage): void {
    if (this.#options.reconnect && isNumbered(message)) this.#outbox.add(message);
    if (this.isOnline) this.#channel?.send(message);
  }

  /** The users have ended without being told to. */
  noteEnd(): void {
    this.#ended = true;
  }

  /**
   * Gives up a connection on which nothing comes any more.
   * @returns milliseconds since both sides heard of each other; where only one does, that is not enough
   */
  checkSilence(): number {
    const nowUs = this.#options.clock.nowUs();
    this.#noteBytes(nowUs);
    const since = (us: number): number => (nowUs - us) / 1_000;
    const isSilent = Math.min(since(this.#heardUs), since(this.#attachedUs)) >= MISSING_AFTER_MS;
    const isStalled = since(Math.max(this.#messageUs, this.#attachedUs)) >= STALLED_AFTER_MS;
    if (this.#channel && (isSilent || isStalled)) {
      this.#drop(`nothing heard for ${(isSilent ? MISSING_AFTER_MS : STALLED_AFTER_MS) / 1_000} s`);
    }
    return since(Math.min(this.#heardUs, this.#hasHeardUs));
  }

  /** Forgets what was but its number, and joins as a worker that comes late. */
  startAnew(): void {
    this.#forget();
    this.#isAnew = true;
    this.#drop('joins anew');
  }

  close(reason: string): void {
    this.#closed = true;
    this.#channel?.close(reason);
    this.#channel = undefined;
  }

  #attach(connection: Connection): WorkerHandshake {
    const { token, cores, reconnect } = this.#options;
    this.#attachedUs = this.#options.clock.nowUs();
    const identity = this.#identity;
    const { received, ended, anew } = { received: this.#received, ended: this.#ended, anew: this.#isAnew };
    const resume = identity ? { ...identity, received, ended, anew } : null;
    this.#heardBytes = connection.receivedBytes;
    this.#handshake = new WorkerHandshake({ token, cores, resumes: reconnect !== undefined, resume });
    const channel: MasterChannel = new MasterChannel(connection, {
      message: (message) => channel === this.#channel && this.#receive(message),
      failed: (error) => channel === this.#channel && this.#fail(error),
      closed: (reason) => channel === this.#channel && this.#drop(reason),
    });
    this.#channel = channel;
    channel.send(this.#handshake.hello);
    return this.#handshake;
  }

  #drop(reason: string): void {
    const { reconnect, events } = this.#options;
    this.#channel?.close(reason);
    this.#channel = undefined;
    if (!reconnect) {
      events.failed(new LoadtsError('WORKERS_MISSING', `lost the master: ${reason}`));
      return;
    }
    events.detached();
    if (this.#isReconnecting) return;
    this.#isReconnecting = true;
    reconnect().then(
      (connection) => {
        this.#isReconnecting = false;
        if (this.#closed) connection.close('left');
        else this.#attach(connection);
      },
      (error: unknown) => events.failed(error),
    );
  }

  /** What is damaged comes again on another connection, unless it is wrong each time. */
  #fail(error: unknown): void {
    const { reconnect, events } = this.#options;
    const isDamage = error instanceof LoadtsError && error.code === 'MESSAGE_INVALID';
    if (reconnect && isDamage && this.#handshake.complete && this.#patience.bears(this.#received)) {
      return this.#drop(error.message);
    }
    events.failed(error);
  }

  /** A long message takes its time: its bytes are a sign of life. */
  #noteBytes(nowUs: number): void {
    const bytes = this.#channel?.receivedBytes ?? 0;
    if (bytes <= this.#heardBytes) return;
    this.#heardBytes = bytes;
    this.#heardUs = nowUs;
  }

  #receive(message: MasterMessage): void {
    this.#heardUs = this.#options.clock.nowUs();
    this.#messageUs = this.#heardUs;
    if (message.type === 'heartbeat') this.#hasHeardUs = this.#heardUs - message.silentMs * 1_000;
    if (!this.#handshake.complete) return this.#greet(message);
    if (message.type === 'challenge' || message.type === 'welcome' || message.type === 'refused') {
      throw new LoadtsError('MESSAGE_INVALID', `a second ${message.type}`);
    }
    if (message.type === 'heartbeat' && this.#options.reconnect) this.#outbox.confirm(message.received);
    if (isNumbered(message)) this.#received++;
    this.#options.events.message(message);
  }

  #greet(message: MasterMessage): void {
    const answer = this.#handshake.take(message);
    if (answer) this.#channel?.send(answer);
    if (message.type !== 'welcome') return;
    const { workerId, resumeSecret, resumed } = message;
    if (!resumed) this.#forget();
    this.#identity = { workerId, secret: resumeSecret };
    this.#isAnew = false;
    this.#hasHeardUs = this.#heardUs;
    if (resumed) {
      this.#outbox.confirm(resumed.received);
      for (const kept of this.#outbox.kept) this.#channel?.send(kept);
    }
    this.#options.events.joined(workerId, !resumed);
    if (resumed?.ended) this.#options.events.missed();
  }

  #forget(): void {
    this.#outbox = new Outbox();
    this.#received = 0;
    this.#ended = false;
  }
}
