import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import type { ConnectTimes } from './connect-times.ts';
import type { ConnectionOptions, ConnectionOwner } from './connection.ts';
import { OpeningSocket } from './open-socket.ts';
import type { TimeLimits } from './time-limits.ts';

const PROTOCOLS = ['http/1.1'];

/** The sockets of a connection, one after the other, and what went through them. */
export class ConnectionSocket {
  readonly #options: ConnectionOptions;
  readonly #owner: ConnectionOwner;
  #opening: OpeningSocket | undefined;
  #socket: Socket | undefined;
  #bytesTaken = 0;

  constructor(options: ConnectionOptions, owner: ConnectionOwner) {
    this.#options = options;
    this.#owner = owner;
  }

  /** Opens a new one, as undici wants it. */
  open(target: buildConnector.Options, limits: TimeLimits, callback: buildConnector.Callback): ConnectTimes {
    const { hostname, protocol, servername } = target;
    const opened = this.#owner.takeOpened();
    if (opened && !opened.socket.destroyed) {
      this.#socket = opened.socket;
      // undici counts on being called later.
      process.nextTick(callback, null, opened.socket);
      return opened.times;
    }
    const secure = protocol === 'https:';
    const port = Number(target.port) || (secure ? 443 : 80);
    const { clock, settings } = this.#options;
    const options = { clock, settings, sessions: this.#owner.sessions, limits, protocols: PROTOCOLS };
    this.#opening = new OpeningSocket({ secure, hostname, port, servername }, options, (error, socket) => {
      this.#opening = undefined;
      this.#socket = socket ?? undefined;
      this.#bytesTaken = 0;
      // An error without a code: undici would wait forever after some that it knows.
      if (error === null) callback(null, socket);
      else callback(error, null);
    });
    return this.#opening.times;
  }

  /** Bytes that were sent since the last call. */
  takeBytesSent(): number {
    if (!this.#socket) return 0;
    const { bytesWritten } = this.#socket;
    const bytes = bytesWritten - this.#bytesTaken;
    this.#bytesTaken = bytesWritten;
    return bytes;
  }

  /** One that is on its way is not needed any more. */
  cancel(): void {
    this.#opening?.cancel();
  }
}
