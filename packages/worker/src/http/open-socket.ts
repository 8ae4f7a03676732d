import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '@loadts/core';
import type { ConnectTimes } from './connect-times.ts';
import type { ConnectionSettings } from './connection-settings.ts';
import { openTunnel } from './open-tunnel.ts';
import type { TimeLimits } from './time-limits.ts';
import { createTimeoutError, describeTransportError, TransportFailure } from './transport-error.ts';

export interface SocketTarget {
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
  /** For TLS, where it is not the host name. */
  readonly servername: string | undefined;
}

export interface SocketOptions {
  readonly clock: Clock;
  readonly limits: TimeLimits;
  readonly settings: ConnectionSettings;
  readonly sessions: TlsSessions;
  /** What the client speaks above TLS, in the order of its wishes. */
  readonly protocols: readonly string[];
  /** Reads past the stream: into one place, and tells how much. False stops it. */
  readonly onread?: ReadTarget | undefined;
}

export interface ReadTarget {
  readonly buffer: Uint8Array;
  readonly callback: (bytes: number) => boolean;
}

/** The last TLS session with a server: the next handshake is shorter, as with a browser. */
export interface TlsSessions {
  latest: Buffer | undefined;
}

/** A socket that is there, and how that went. */
export interface OpenedSocket {
  readonly socket: Socket;
  readonly times: ConnectTimes;
}

type Done = (...result: [error: null, socket: Socket] | [error: TransportFailure, socket: null]) => void;

const KEEP_ALIVE_PROBE_MS = 60_000;

/** A socket on its way to the target, step by step: each gets a stamp. */
export class OpeningSocket {
  readonly times: ConnectTimes;
  readonly #target: SocketTarget;
  readonly #options: SocketOptions;
  readonly #done: Done;
  readonly #timer: NodeJS.Timeout | undefined;
  #socket: Socket;
  #settled = false;

  /** @param done called once, unless it is cancelled before */
  constructor(target: SocketTarget, options: SocketOptions, done: Done) {
    const { clock, limits, settings } = options;
    this.#target = target;
    this.#options = options;
    this.#done = done;
    const startUs = clock.nowUs();
    const next = settings.proxy ?? target;
    // An address is not looked up.
    const lookupUs = isIP(next.hostname) === 0 ? 0 : startUs;
    this.times = { startUs, lookupUs, connectUs: 0, readyUs: 0 };
    const timeout = (): void => this.#fail(new TransportFailure(createTimeoutError('connect', limits)));
    this.#timer = limits.connectMs > 0 ? setTimeout(timeout, limits.connectMs) : undefined;
    this.#socket = target.secure && !settings.proxy ? this.#openTls() : openTcp(next, options.onread);
    this.#follow();
  }

  cancel(): void {
    if (!this.#settled) this.#settle().destroy();
  }

  #follow(): void {
    const { proxy } = this.#options.settings;
    this.#socket.on('error', this.#onError);
    this.#socket.on('lookup', this.#onLookup);
    this.#socket.once('connect', () => {
      if (proxy && this.#target.secure)
        openTunnel(this.#socket, this.#target, proxy, (error) => this.#tunnelled(error));
      else this.#connected();
    });
  }

  #connected(): void {
    this.times.connectUs = this.#options.clock.nowUs();
    if (!this.#target.secure) this.#ready(this.times.connectUs);
  }

  #tunnelled(error: Error | undefined): void {
    if (error) return this.#fail(error);
    this.#connected();
    this.#socket = this.#openTls(this.#socket).on('error', (problem) => this.#fail(problem));
  }

  #openTls(tunnel?: Socket): Socket {
    const { hostname, port } = this.#target;
    const { settings, sessions, clock, protocols, onread } = this.#options;
    const { tls } = settings;
    const socket = connectTls({
      ...(tunnel ? { socket: tunnel } : { host: hostname, port }),
      servername: tls.servername ?? this.#target.servername ?? (isIP(hostname) === 0 ? hostname : ''),
      // Without a server name the certificate is checked against this one.
      host: hostname,
      rejectUnauthorized: tls.rejectUnauthorized,
      secureContext: tls.secureContext,
      session: sessions.latest,
      ALPNProtocols: [...protocols],
      ...(onread && { onread }),
    });
    socket.on('session', (session) => {
      sessions.latest = session;
    });
    socket.once('secureConnect', () => this.#ready(clock.nowUs()));
    return tunnel ? socket : prepare(socket);
  }

  #ready(readyUs: number): void {
    if (this.#settled) return;
    this.times.readyUs = readyUs;
    const socket = this.#settle();
    this.#done(null, socket);
    // Whoever reads past the stream listens by now: nothing keeps what is over in memory.
    if (this.#options.onread) socket.off('error', this.#onError).off('lookup', this.#onLookup);
  }

  #fail(error: Error): void {
    if (this.#settled) return;
    this.#settle().destroy();
    const problem = describeTransportError(error);
    const atProxy = this.#options.settings.proxy && this.times.connectUs === 0;
    const message = atProxy ? `proxy: ${problem.message}` : problem.message;
    this.#done(new TransportFailure({ ...problem, message }), null);
  }

  readonly #onError = (error: Error): void => this.#fail(error);

  readonly #onLookup = (error: Error | null): void => {
    if (!error) this.times.lookupUs ||= this.#options.clock.nowUs();
  };

  #settle(): Socket {
    this.#settled = true;
    clearTimeout(this.#timer);
    return this.#socket;
  }
}

function openTcp({ hostname, port }: Pick<SocketTarget, 'hostname' | 'port'>, onread?: ReadTarget): Socket {
  // Fewer turns for large bodies; Node takes it, its types do not.
  const options = { host: hostname, port, highWaterMark: 65_536, ...(onread && { onread }) };
  return prepare(connectTcp(options as TcpNetConnectOpts));
}

function prepare(socket: Socket): Socket {
  return socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
}
