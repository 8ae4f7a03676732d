import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly type: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface HttpSink {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** A server that keeps what it is sent and answers with these statuses, one after the other, then with 200. */
export async function createHttpSink(statuses: readonly number[] = []): Promise<HttpSink> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const { authorization } = headers;
      received.push({ method, url, type: headers['content-type'], authorization, body });
      response.writeHead(statuses[received.length - 1] ?? 200).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
