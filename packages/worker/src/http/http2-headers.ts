import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import type { Dispatcher } from 'undici';

/** They belong to a connection of HTTP/1.1 and are an error in HTTP/2. */
const OF_CONNECTION: ReadonlySet<string> = new Set(['host', 'connection', 'keep-alive', 'proxy-connection']);

/** A request's headers, and their bytes before compression. */
export function toHttp2Headers(
  origin: string,
  { method, path, headers }: Dispatcher.DispatchOptions,
): { readonly headers: OutgoingHttpHeaders; readonly bytes: number } {
  const { protocol, host } = new URL(origin);
  const list = headers as readonly string[];
  const result: OutgoingHttpHeaders = {
    ':method': method,
    ':path': path,
    ':scheme': protocol.slice(0, -1),
    ':authority': host,
  };
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = (list[i] as string).toLowerCase();
    if (name === 'host') result[':authority'] = list[i + 1];
    else if (!OF_CONNECTION.has(name)) result[name] = list[i + 1];
  }
  let bytes = 0;
  for (const [name, value] of Object.entries(result)) bytes += name.length + String(value).length;
  return { headers: result, bytes };
}

/** A response's headers in the form of HTTP/1.1: names and values in turn. */
export function toRawHeaders(headers: IncomingHttpHeaders): Buffer[] {
  const raw: Buffer[] = [];
  for (const [name, values] of Object.entries(headers)) {
    if (name.startsWith(':') || values === undefined) continue;
    for (const value of Array.isArray(values) ? values : [values]) {
      raw.push(Buffer.from(name), Buffer.from(String(value), 'latin1'));
    }
  }
  return raw;
}
