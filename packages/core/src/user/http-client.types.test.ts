import { describe, expectTypeOf, it } from 'vitest';
import type {
  CheckedHead,
  CheckedResponse,
  HttpClient,
  HttpResponse,
  RequestOptions,
  StreamedResponse,
  StreamOptions,
} from './http-client.ts';

async function* chunks(): AsyncGenerator<string> {
  yield 'a';
}

/** Compiled, never run: a line below `@ts-expect-error` that compiles is an error. */
async function makeRequests(client: HttpClient, bytes: Uint8Array, isLive: boolean): Promise<void> {
  expectTypeOf(await client.get('/')).toEqualTypeOf<HttpResponse>();
  expectTypeOf(await client.get('/', { stream: false })).toEqualTypeOf<HttpResponse>();
  expectTypeOf(await client.post('/', { json: {} })).toEqualTypeOf<HttpResponse>();
  expectTypeOf(await client.request('GET', '/', { name: 'x' })).toEqualTypeOf<HttpResponse>();
  expectTypeOf(await client.get('/', { stream: true })).toEqualTypeOf<StreamedResponse>();
  expectTypeOf(await client.request('PUT', '/', { stream: true })).toEqualTypeOf<StreamedResponse>();
  expectTypeOf(await client.get('/', { stream: isLive })).toEqualTypeOf<HttpResponse | StreamedResponse>();
  const common: RequestOptions = { timeout: 5 };
  expectTypeOf(await client.get('/', common)).toEqualTypeOf<HttpResponse>();
  expectTypeOf(await client.get('/', { ...common, name: 'x' })).toEqualTypeOf<HttpResponse>();
  const live: StreamOptions = { stream: true };
  expectTypeOf(await client.get('/', live)).toEqualTypeOf<StreamedResponse>();

  await client.get('/', {
    check: (response) => expectTypeOf(response).toEqualTypeOf<CheckedResponse>() && true,
  });
  await client.get('/', {
    stream: true,
    check: (head) => expectTypeOf(head).toEqualTypeOf<CheckedHead>() && true,
  });
  await client.get('/', { check: ({ durationMs }) => durationMs < 5 || 'slow' });
  await client.get('/', { check: async (response) => response.failure('no') });

  await client.post('/', { form: { a: 1, b: ['c', true] } });
  await client.post('/', { body: 'text' });
  await client.post('/', { body: bytes });
  await client.post('/', { body: chunks() });
  await client.post('/', {
    multipart: {
      a: 1,
      b: [bytes, 'c'],
      file: { file: 'a.png', contentType: 'image/png' },
      live: { content: chunks(), filename: 'b' },
    },
  });
  await client.get('/{id}', { params: { id: 1 }, auth: { bearer: 'x' }, maxRedirects: 0 });
  const result = client.group('x', async (grouped) => (await grouped.get('/')).status);
  expectTypeOf(result).toEqualTypeOf<Promise<number>>();
  client.setHeader('x', undefined);
}

async function makeMistakes(client: HttpClient): Promise<void> {
  // @ts-expect-error no such option
  await client.get('/', { header: {} });
  // @ts-expect-error two bodies
  await client.post('/', { json: {}, form: {} });
  // @ts-expect-error two bodies
  await client.post('/', { multipart: {}, body: 'x' });
  // @ts-expect-error a number is no body
  await client.post('/', { body: 5 });
  // @ts-expect-error objects are no fields
  await client.post('/', { form: { a: {} } });
  // @ts-expect-error a file has one content
  await client.post('/', { multipart: { a: { filename: 'x' } } });
  // @ts-expect-error a password is missing
  await client.get('/', { auth: { username: 'x' } });
  // @ts-expect-error one of them
  await client.get('/', { auth: { username: 'x', password: 'y', bearer: 'z' } });
  // @ts-expect-error no such method
  await client.request('LINK', '/');
  // @ts-expect-error a check is no number
  await client.get('/', { check: () => 5 });
  // @ts-expect-error only a check can tell
  (await client.get('/')).failure('no');
  // @ts-expect-error the body is not there yet
  (await client.get('/', { stream: true })).text();
  // @ts-expect-error nor is it in the check
  await client.get('/', { stream: true, check: (head) => head.json() });
  // @ts-expect-error the body is there already
  expectTypeOf((await client.get('/')).body);
  // @ts-expect-error read-only
  (await client.get('/')).status = 5;
}

describe('the types of the client', () => {
  it('tell what a request may be and what comes of it', () => {
    expectTypeOf(makeRequests).toBeFunction();
  });

  it('refuse what cannot be', () => {
    expectTypeOf(makeMistakes).toBeFunction();
  });
});
