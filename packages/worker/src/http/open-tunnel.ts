import type { Socket } from 'node:net';
import type { ProxyAddress } from './proxy-address.ts';
import { TransportFailure } from './transport-error.ts';

/** More than any proxy says. */
const MAX_HEAD_BYTES = 65_536;

interface TunnelTarget {
  readonly hostname: string;
  readonly port: number;
}

/** Asks a proxy for a way through to the target. `done` comes at most once; the socket's own errors are the caller's. */
export function openTunnel(
  socket: Socket,
  { hostname, port }: TunnelTarget,
  { authorization }: ProxyAddress,
  done: (error?: Error) => void,
): void {
  const authority = `${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
  const credentials = authorization === undefined ? '' : `proxy-authorization: ${authorization}\r\n`;
  let head = '';
  const finish = (error?: Error): void => {
    socket.off('data', read).off('end', end);
    socket.pause();
    done(error);
  };
  const end = (): void => finish(fail('reset', 'PROXY_CLOSED', 'connection closed before it answered'));
  const read = (chunk: Buffer): void => {
    head += chunk.toString('latin1');
    const isWhole = head.includes('\r\n\r\n');
    if (!isWhole && head.length <= MAX_HEAD_BYTES) return;
    const [, status, text = ''] = /^HTTP\/1\.[01] (\d{3}) ?([^\r\n]*)\r\n/.exec(head) ?? [];
    if (!isWhole || status === undefined) finish(fail('protocol', 'PROXY_MALFORMED', 'malformed response'));
    else if (status.startsWith('2')) finish();
    else finish(fail('refused', `PROXY_${status}`, `HTTP ${status} ${text}`.trimEnd()));
  };
  socket.on('data', read).on('end', end);
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n${credentials}\r\n`);
}

function fail(kind: 'reset' | 'protocol' | 'refused', code: string, message: string): TransportFailure {
  return new TransportFailure({ kind, code, message });
}
