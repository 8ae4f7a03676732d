import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Clock } from '@loadts/core';
import type { ConnectTimes } from './connect-times.ts';
import type { TimeLimits } from './time-limits.ts';
import type { TlsOptions } from './tls-options.ts';
import { createTimeoutError, TransportFailure } from './transport-error.ts';

export interface SocketTarget {
  readonly secure: boolean;
  /** For TLS, where it is not the host name. */
  readonly servername: string | undefined;
  readonly hostname: string;
  readonly port: number;
}

export interface SocketOptions {
  readonly clock: Clock;
  readonly limits: TimeLimits;
  readonly tls: TlsOptions;
  readonly sessions: TlsSessions;
}

/** The last TLS session with a server: the next handshake is shorter, as with a browser. */
export interface TlsSessions {
  latest: Buffer | undefined;
}

/** A socket on its way. */
export interface OpeningSocket {
  readonly times: ConnectTimes;
  cancel(): void;
}

type Done = (error: Error | null, socket: Socket | null) => void;

const KEEP_ALIVE_PROBE_MS = 60_000;

/** Opens a connection and stamps each step. `done` is called once, unless it is cancelled before. */
export function openSocket(target: SocketTarget, options: SocketOptions, done: Done): OpeningSocket {
  const { clock, limits } = options;
  const startUs = clock.nowUs();
  // An address is not looked up.
  const lookupUs = isIP(target.hostname) === 0 ? 0 : startUs;
  const times: ConnectTimes = { startUs, lookupUs, connectUs: 0, readyUs: 0 };
  const socket = target.secure ? openTls(target, options) : openTcp(target);
  const timer = limits.connectMs > 0 ? setTimeout(expire, limits.connectMs) : undefined;
  socket.on('lookup', (error: Error | null) => {
    if (!error) times.lookupUs ||= clock.nowUs();
  });
  socket.once('connect', () => {
    times.connectUs = clock.nowUs();
  });
  socket.once(target.secure ? 'secureConnect' : 'connect', () => {
    times.readyUs = target.secure ? clock.nowUs() : times.connectUs;
    settle();
    done(null, socket);
  });
  socket.once('error', fail);

  function expire(): void {
    socket.destroy(new TransportFailure(createTimeoutError('connect', limits)));
  }
  function fail(error: Error): void {
    settle();
    socket.on('error', () => {});
    done(error, null);
  }
  function settle(): void {
    clearTimeout(timer);
    socket.off('error', fail);
  }
  return {
    times,
    cancel() {
      if (times.readyUs > 0) return;
      settle();
      socket.on('error', () => {}).destroy();
    },
  };
}

function openTcp({ hostname, port }: SocketTarget): Socket {
  // Fewer turns for large bodies; Node takes it, its types do not.
  const socket = connectTcp({ host: hostname, port, highWaterMark: 65_536 } as TcpNetConnectOpts);
  return socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
}

function openTls({ hostname, port, servername }: SocketTarget, { tls, sessions }: SocketOptions): Socket {
  const socket = connectTls({
    host: hostname,
    port,
    servername: tls.servername ?? servername ?? (isIP(hostname) === 0 ? hostname : ''),
    rejectUnauthorized: tls.rejectUnauthorized,
    secureContext: tls.secureContext,
    session: sessions.latest,
    ALPNProtocols: ['http/1.1'],
  });
  socket.on('session', (session) => {
    sessions.latest = session;
  });
  return socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
}
