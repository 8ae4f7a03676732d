import type { SocketTarget } from './open-socket.ts';

/** Where the sockets to an origin go. */
export function readSocketTarget(origin: string): SocketTarget {
  const { protocol, hostname, port } = new URL(origin);
  const secure = protocol === 'https:';
  return {
    secure,
    hostname: hostname.replace(/^\[(.+)\]$/, '$1'),
    port: Number(port) || (secure ? 443 : 80),
    servername: undefined,
  };
}
