import { isIP } from 'node:net';
import { WebError } from '../web-error.ts';

const LOOPBACK_NAMES = ['localhost', 'localhost.localdomain'];

/**
 * Refuses names that this server was not told of. A page of somebody else can make its own name point here (DNS
 * rebinding), and then read what the browser believes to be its own; an address it cannot.
 * @param allowed further names, in any case
 * @throws WebError `HOST_REFUSED`
 */
export function checkHost(header: string | undefined, allowed: readonly string[]): void {
  const name = hostName(header ?? '');
  if (name !== undefined && (isIP(name) !== 0 || LOOPBACK_NAMES.includes(name))) return;
  if (name !== undefined && allowed.some((host) => host.toLowerCase() === name)) return;
  throw new WebError(
    'HOST_REFUSED',
    `this server is not called ${JSON.stringify((header ?? '').slice(0, 200))}`,
    'open it by its address, or start loadts with --web-allowed-hosts and this name',
  );
}

/** Without the port, and an IPv6 address without its brackets; undefined for what is no host. */
function hostName(header: string): string | undefined {
  const [, bracketed, plain] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header) ?? [];
  return (bracketed ?? plain)?.toLowerCase();
}
