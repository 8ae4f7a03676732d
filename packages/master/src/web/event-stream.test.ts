import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EventStream } from './event-stream.ts';
import { ask, SAMPLE_SECOND, startServer } from './web-server.case.ts';

/** Opens the events of a server, which answers as long as the test goes on. */
async function listen(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const request = get(`${url}/api/v1/events`, { headers, agent: false });
  request.on('error', () => {});
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  onTestFinished(() => void request.destroy());
  return response.setEncoding('utf8');
}

async function readUntil(response: IncomingMessage, text: string): Promise<string> {
  let read = '';
  for await (const part of response) {
    read += String(part);
    if (read.includes(text)) return read;
  }
  throw new Error(`the events ended without ${text}: ${read}`);
}

describe('the events', () => {
  it('begin with how things are and go on with what happens', async () => {
    const { url, events, backend } = await startServer();
    const response = await listen(url);
    expect(response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    events.send('log', { time: '', level: 'info', worker: 1, text: 'two\nlines' });
    const text = await readUntil(response, 'event: log');
    expect(text).toContain(`event: state\ndata: ${JSON.stringify(backend.state)}\n\n`);
    expect(text).toContain('id: run-1:5\nevent: second\ndata: {');
    expect(text).toContain('"text":"two\\nlines"}\n\n');
  });

  it('go on after the last event that a page had, of the same run only', async () => {
    const { url, backend } = await startServer();
    await listen(url, { 'last-event-id': 'run-1:41' });
    await listen(url, { 'last-event-id': 'run-0:41' });
    await listen(url, { 'last-event-id': 'run-1:-5' });
    expect(backend.asked).toEqual([41, -1, -1]);
  });

  it('have 100 listeners at most: further ones are refused, and may come when others have gone', async () => {
    const { url, events } = await startServer();
    const opened = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const response = await listen(url);
        return { response, status: response.statusCode };
      }),
    );
    const statuses = opened.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(100);
    expect(events.clients).toBe(100);
    expect((await ask(`${url}/api/v1/state`)).status).toBe(200);
    const [first] = opened.filter(({ status }) => status === 200);
    first?.response.destroy();
    await expect.poll(() => events.clients).toBe(99);
    expect((await listen(url)).statusCode).toBe(200);
  });

  it('cut off who does not read them', async () => {
    const { url, events } = await startServer({ events: new EventStream({ maxUnreadBytes: 10_000 }) });
    const response = await listen(url);
    response.pause();
    const line = { time: '', level: 'info', worker: null, text: 'x'.repeat(1_000_000) };
    await expect
      .poll(() => {
        events.send('log', line);
        return events.clients;
      })
      .toBe(0);
  });

  it('say now and then that they are still there', async () => {
    const { url } = await startServer({ events: new EventStream({ keepAliveMs: 5 }) });
    expect(await readUntil(await listen(url), 'event: alive')).toContain('event: alive\n');
  });

  it('are told to nobody where nobody listens', () => {
    expect(() => new EventStream().send('second', SAMPLE_SECOND)).not.toThrow();
  });
});
