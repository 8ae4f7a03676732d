import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from './connect.ts';
import { listen } from './listen.ts';

describe('connect', () => {
  it('rejects where nobody listens', async () => {
    const listener = await listen({ host: '127.0.0.1', port: 0, accept: () => {} });
    await listener.close();
    await expect(connect(`ws://127.0.0.1:${listener.port}`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('rejects where the other side is no master', async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await expect(connect(`ws://127.0.0.1:${port}`)).rejects.toThrow('Unexpected server response: 404');
  });

  it('rejects what is no address', async () => {
    await expect(connect('not a URL')).rejects.toThrow('Invalid URL');
  });
});
