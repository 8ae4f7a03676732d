import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestOptions } from '@loadts/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type SeenRequest, startServer } from './test-server.case.ts';

let folder: string;
let letters: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadts-bodies-'));
  letters = join(folder, 'letters.txt');
  await writeFile(letters, 'abc'.repeat(100_000));
  await writeFile(join(folder, 'empty.txt'), '');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function* chunks(...values: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  for (const value of values) {
    await Promise.resolve();
    yield value;
  }
}

async function post(options: RequestOptions): Promise<SeenRequest> {
  const { url, seen } = await startServer();
  const response = await createClient(url).client.post('/', options);
  expect(response.error).toBeUndefined();
  return seen[0] as SeenRequest;
}

/** The fields in their order: name, value, and what else is told about a file. */
function readForm({ body, headers }: SeenRequest): unknown[] {
  const [, boundary = '?'] =
    /^multipart\/form-data; boundary=(.+)$/.exec(headers['content-type'] ?? '') ?? [];
  const [first, ...parts] = body.split(`--${boundary}`);
  expect([first, parts.pop()]).toEqual(['', '--\r\n']);
  return parts.map((part) => {
    const [, head = '', value] =
      /^\r\n(content-disposition: form-data; [^]+?)\r\n\r\n([^]*)\r\n$/.exec(part) ?? [];
    const found = [/ name="(.*?)"/, / filename="(.*?)"/, /content-type: (.*)/].map(
      (field) => field.exec(head)?.[1],
    );
    return [...found, value];
  });
}

describe('a body from an iterator', () => {
  it('is sent as it comes', async () => {
    const { body, headers } = await post({ body: chunks('ein', Buffer.from('s, '), 'zwei ä') });
    expect(body).toBe('eins, zwei ä');
    expect(headers).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect(headers['content-length']).toBeUndefined();
  });

  it('is sent with its length where the script knows it', async () => {
    const { headers } = await post({ body: chunks('abc', 'd'), headers: { 'content-length': '4' } });
    expect([headers['content-length'], headers['transfer-encoding']]).toEqual(['4', undefined]);
  });

  it.each<[string, () => AsyncGenerator<never>, string]>([
    [
      'throws',
      async function* () {
        yield 'abc' as never;
        throw new RangeError('no more');
      },
      'the body to send failed: RangeError: no more',
    ],
    [
      'gives what cannot be sent',
      async function* () {
        yield 5 as never;
      },
      'the body to send failed: TypeError: a chunk is neither text nor bytes',
    ],
  ])('that %s fails the request', async (_, body, reason) => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    const response = await client.put('/', { body: body() });
    expect(response.error).toEqual({ kind: 'other', code: 'BODY_FAILED', message: reason });
    expect(recording.failures()).toEqual({ [reason]: 1 });
    expect((await client.get('/')).status).toBe(200);
  });

  it('is not sent a second time: no redirect, no retry', async () => {
    const { url, sockets, seen } = await startServer((request, response) => {
      if (request.url === '/moved') response.writeHead(307, { location: '/' }).end();
      else if (request.method === 'PUT') response.destroy();
      else response.end();
    });
    const { client, recording } = createClient(url);
    const moved = await client.post('/moved', { body: chunks('a') });
    expect(moved.error).toMatchObject({ kind: 'protocol', code: 'BODY_NOT_REPEATABLE' });
    await client.get('/');
    const reset = await client.put('/', { body: chunks('a') });
    expect([reset.error?.kind, sockets.length]).toEqual(['reset', 1]);
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'GET', 'PUT']);
    expect(recording.total()).toEqual({ started: 3, ok: 1, connectionError: 2 });
  });

  it('does not hinder a redirect that leaves it behind', async () => {
    const { url, seen } = await startServer((request, response) =>
      request.method === 'POST' ? response.writeHead(303, { location: '/done' }).end() : response.end(),
    );
    await createClient(url).client.post('/', { body: chunks('a') });
    expect(seen[1]).toMatchObject({ method: 'GET', url: '/done', body: '' });
  });
});

describe('a multipart body', () => {
  it('has its fields, with its length where it is known', async () => {
    const request = await post({
      multipart: {
        name: 'Zoë',
        age: 7,
        tags: ['a', true],
        'qu"ote\r\n': 'x',
        raw: Uint8Array.of(104, 105),
        note: { content: 'text', filename: 'n"ote.txt', contentType: 'text/plain' },
        image: { content: Buffer.from('png'), filename: 'a.png' },
      },
    });
    expect(readForm(request)).toEqual([
      ['name', undefined, undefined, 'Zoë'],
      ['age', undefined, undefined, '7'],
      ['tags', undefined, undefined, 'a'],
      ['tags', undefined, undefined, 'true'],
      ['qu%22ote%0D%0A', undefined, undefined, 'x'],
      ['raw', undefined, 'application/octet-stream', 'hi'],
      ['note', 'n%22ote.txt', 'text/plain', 'text'],
      ['image', 'a.png', 'application/octet-stream', 'png'],
    ]);
    expect(request.headers['content-length']).toBe(String(Buffer.byteLength(request.body)));
  });

  it('has files from a disk, with its length', async () => {
    const request = await post({
      multipart: {
        letters: { file: letters },
        same: { file: letters, filename: 'b.bin', contentType: 'text/plain' },
        none: { file: join(folder, 'empty.txt') },
      },
    });
    expect(readForm(request)).toEqual([
      ['letters', 'letters.txt', 'application/octet-stream', 'abc'.repeat(100_000)],
      ['same', 'b.bin', 'text/plain', 'abc'.repeat(100_000)],
      ['none', 'empty.txt', 'application/octet-stream', ''],
    ]);
    expect(request.headers['content-length']).toBe(String(Buffer.byteLength(request.body)));
  });

  it('has fields from iterators, without its length', async () => {
    const request = await post({
      multipart: { a: '1', live: { content: chunks('x', 'y'), filename: 'live.txt' } },
    });
    expect(readForm(request)).toEqual([
      ['a', undefined, undefined, '1'],
      ['live', 'live.txt', 'application/octet-stream', 'xy'],
    ]);
    expect(request.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
  });

  it('with files is sent again after a redirect', async () => {
    const { url, seen } = await startServer((request, response) =>
      request.url === '/' ? response.writeHead(307, { location: '/b' }).end() : response.end(),
    );
    const response = await createClient(url).client.post('/', { multipart: { file: { file: letters } } });
    expect([response.status, seen[1]?.body]).toEqual([200, seen[0]?.body]);
  });

  it('may be empty', async () => {
    expect((await post({ multipart: {} })).body).toMatch(/^--loadts-\w+--\r\n$/);
  });

  it.each<[string, unknown, string]>([
    ['a file that is not there', { file: '/no/such/file' }, '"/no/such/file" is no file on the worker'],
    ['a folder', { file: '/' }, '"/" is no file on the worker'],
    ['no content', {}, 'the field "a" has no content'],
    ['null', null, 'the field "a" has no content'],
    ['a type of two lines', { content: '', contentType: 'a\nb' }, 'the content type "a\\nb" has line breaks'],
  ])('is refused with %s', async (_, field, message) => {
    const refused = createClient('http://127.0.0.1').client.post('/', { multipart: { a: field as never } });
    await expect(refused).rejects.toMatchObject({ code: 'REQUEST_INVALID', message });
  });
});
