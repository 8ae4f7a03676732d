import type { ServerResponse } from 'node:http';
import { LatencyHistogram, readStreamTimeKey, StopUser } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../statistics/recording.case.ts';
import { createClient, startServer } from '../test-server.case.ts';

/** What the streams measured, by time and entry; ends the recording. */
function timesOf(recording: Recording): Record<string, LatencyHistogram> {
  recording.finish();
  const times: Record<string, LatencyHistogram> = {};
  const names = new Map<number, string>();
  for (const { newEntries, statistics } of recording.intervals) {
    for (const { id, method, name } of newEntries) {
      const stream = readStreamTimeKey({ method, name });
      if (stream) names.set(id, `${stream.time} ${stream.key.method} ${stream.key.name}`);
    }
    for (const { entryId, latency } of statistics.entries) {
      const name = names.get(entryId);
      if (name !== undefined) (times[name] ??= new LatencyHistogram()).merge(latency);
    }
  }
  return times;
}

/** The counts of requests: those of the times of streams are none. */
function requestsOf(recording: Recording): Record<string, Record<string, number>> {
  const counts = Object.entries(recording.counts()).filter(([name]) => !name.startsWith('\u0000'));
  return Object.fromEntries(
    counts.map(([name, all]) => [name, Object.fromEntries(Object.entries(all).filter(([, n]) => n > 0))]),
  );
}

const sse = (response: ServerResponse, ...data: string[]): ServerResponse => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  return response.end(data.map((one) => `data: ${one}\n\n`).join(''));
};

describe('a stream of events', () => {
  it('is one request, with the times of its events beside it', async () => {
    const { url, seen } = await startServer((_, response) => sse(response, 'one', 'two', 'three', '[DONE]'));
    const { client, recording } = createClient(url);
    const data: string[] = [];
    const result = await client.stream('/chat', {
      json: { a: 1 },
      onEvent: (event) => void data.push(event.data),
    });
    expect(data).toEqual(['one', 'two', 'three', '[DONE]']);
    expect(result).toMatchObject({ status: 200, ok: true, error: undefined, events: 4, contentEvents: 3 });
    expect(result.firstEventMs).toBeGreaterThan(0);
    expect(result.durationMs).toBeGreaterThanOrEqual(result.firstEventMs ?? Number.NaN);
    expect(seen).toMatchObject([
      { method: 'POST', body: '{"a":1}', headers: { accept: 'text/event-stream' } },
    ]);
    const { 'POST /chat': counts } = requestsOf(recording);
    expect(counts).toMatchObject({ started: 1, ok: 1 });
    const times = timesOf(recording);
    expect(Object.entries(times).map(([name, { count }]) => [name, count])).toEqual([
      ['ttfe POST /chat', 1],
      ['gap POST /chat', 2],
      ['tpot POST /chat', 1],
    ]);
    expect(times['ttfe POST /chat']?.maxUs).toBe(Math.round((result.firstEventMs ?? 0) * 1_000));
  });

  it('measures from one event to the next as they come', async () => {
    const { url } = await startServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n');
      setTimeout(() => response.end('data: two\n\n'), 60);
    });
    const { client, recording } = createClient(url);
    const result = await client.stream('/', { name: 'slow' });
    const times = timesOf(recording);
    expect(times['gap GET slow']?.minUs).toBeGreaterThan(50_000);
    expect(times['tpot GET slow']?.minUs).toBe(times['gap GET slow']?.minUs);
    expect(result.durationMs).toBeGreaterThan(50);
  });

  it('measures the events that the script calls content', async () => {
    const { url } = await startServer((_, response) => sse(response, 'role', 'a', 'b', 'stop'));
    const { client, recording } = createClient(url);
    const result = await client.stream('/', { isContent: ({ data }) => data.length === 1 });
    expect(result).toMatchObject({ events: 4, contentEvents: 2 });
    expect(timesOf(recording)['gap GET /']?.count).toBe(1);
  });

  it('has no times where no event came, and counts as failed', async () => {
    const { url } = await startServer((_, response) => sse(response, '[DONE]'));
    const { client, recording } = createClient(url);
    expect(await client.stream('/')).toMatchObject({ contentEvents: 0, firstEventMs: undefined });
    expect(recording.failures()).toEqual({ 'the stream ended without an event': 1 });
    expect(timesOf(recording)).toEqual({});
  });

  it('counts a refusal as what its status says, and measures none of its text', async () => {
    const { url } = await startServer((_, response) => response.writeHead(503).end('busy'));
    const { client, recording } = createClient(url);
    expect(await client.stream('/')).toMatchObject({ status: 503, contentEvents: 0 });
    expect(recording.failures()).toEqual({ 'HTTP 503 Service Unavailable': 1 });
    expect(timesOf(recording)).toEqual({});
  });

  it('fails for what an event says, and keeps its times', async () => {
    const { url } = await startServer((_, response) => sse(response, 'one', 'error: no', 'two'));
    const { client, recording } = createClient(url);
    await client.stream('/', { onEvent: ({ data }) => (data.startsWith('error') ? data : undefined) });
    expect(recording.failures()).toEqual({ 'error: no': 1 });
    expect(requestsOf(recording)['GET /']).toMatchObject({ checkFailed: 1 });
    expect(timesOf(recording)['gap GET /']?.count).toBe(2);
  });

  it('ends where the script has enough', async () => {
    const { url } = await startServer((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write('data: 1\n\ndata: 2\n\ndata: 3\n\n');
    });
    const { client, recording } = createClient(url);
    expect(await client.stream('/', { until: ({ data }) => data === '2' })).toMatchObject({ events: 2 });
    expect(requestsOf(recording)['GET /']).toMatchObject({ ok: 1 });
  });

  it('reads lines and chunks, as the content type or the script says', async () => {
    const { url } = await startServer(({ url: path }, response) => {
      response.writeHead(200, { 'content-type': path === '/lines' ? 'application/x-ndjson' : 'text/plain' });
      response.end('1\n2\n');
    });
    const { client } = createClient(url);
    expect(await client.stream('/lines')).toMatchObject({ events: 2 });
    expect(await client.stream('/plain')).toMatchObject({ events: 1 });
    expect(await client.stream('/plain', { format: 'lines' })).toMatchObject({ events: 2 });
  });

  it('counts under the name of its group', async () => {
    const { url } = await startServer((_, response) => sse(response, 'one'));
    const { client, recording } = createClient(url);
    await client.group('chat', (inner) => inner.stream('/'));
    expect(Object.keys(timesOf(recording))).toEqual(['ttfe GET chat']);
  });

  it('gives the script what its own functions throw, and fails the request for it', async () => {
    const { url } = await startServer((_, response) => sse(response, 'no JSON'));
    const { client, recording } = createClient(url);
    await expect(client.stream('/', { isContent: (event) => event.json() !== 1 })).rejects.toThrow(
      SyntaxError,
    );
    expect(Object.values(recording.failures())).toEqual([1]);
    expect(requestsOf(recording)['GET /']).toMatchObject({ checkFailed: 1 });
  });

  it('is aborted with its user', async () => {
    const { url } = await startServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n');
    });
    const { client, recording } = createClient(url);
    await expect(client.stream('/', { onEvent: () => client.close() })).rejects.toThrow(StopUser);
    expect(requestsOf(recording)['GET /']).toMatchObject({ aborted: 1 });
  });

  it('says why it broke off', async () => {
    const { url } = await startServer((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .write('data: one\n\n', () => response.destroy());
    });
    const { client, recording } = createClient(url);
    const result = await client.stream('/');
    expect(result).toMatchObject({ events: 1, error: { kind: 'reset' } });
    expect(requestsOf(recording)['GET /']).toMatchObject({ connectionError: 1 });
  });
});
