import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { listen, type StartedServer } from './test-server.case.ts';

/** PEM text of one of the test certificates or keys. */
export function readPem(name: string): string {
  return readFileSync(new URL(`test-certificates/${name}.pem`, import.meta.url), 'utf8');
}

/** A target that speaks TLS, with one of the test certificates; its URL has the host `localhost`. */
export async function startTlsServer(
  certificate = 'localhost',
  options: ServerOptions = {},
  answer: RequestListener = (_, response) => response.end('ok'),
): Promise<StartedServer> {
  const server = createServer(
    { cert: readPem(`${certificate}.cert`), key: readPem('key'), ...options },
    answer,
  );
  server.on('tlsClientError', () => {});
  const { url, sockets } = await listen(server);
  return { url: url.replace('http://127.0.0.1', 'https://localhost'), sockets };
}
