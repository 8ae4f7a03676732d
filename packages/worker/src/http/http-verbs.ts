import type {
  AnyOptions,
  Cookies,
  EventStreamOptions,
  EventStreamResult,
  HttpClient,
  HttpMethod,
  HttpResponse,
  StreamedResponse,
} from '@loadts/core';
import { EventStream, type TimedResponse } from './events/event-stream.ts';

/** The options that give a request a body. */
const BODIES = ['json', 'form', 'multipart', 'body'] as const;

/** Which one it is follows from the options. */
export type AnyResponse = HttpResponse & StreamedResponse;

/** The methods of a client that all come down to `send`. */
export abstract class HttpVerbs implements HttpClient {
  abstract readonly cookies: Cookies;
  abstract send(method: HttpMethod, url: string, options?: AnyOptions): Promise<AnyResponse>;
  abstract setHeader(name: string, value: string | undefined): void;
  abstract group<Result>(
    name: string,
    run: (client: HttpClient) => Result | Promise<Result>,
  ): Promise<Result>;

  request(method: HttpMethod, url: string, options?: AnyOptions): Promise<AnyResponse> {
    return this.send(method, url, options);
  }

  async stream(url: string, options: EventStreamOptions = {}): Promise<EventStreamResult> {
    const events = new EventStream(options);
    const { request } = events;
    const hasBody = BODIES.some((name) => Object.hasOwn(request, name));
    const response = await this.send(options.method ?? (hasBody ? 'POST' : 'GET'), url, request);
    // Whatever `send` streams can tell when its chunks came.
    return events.read(response as unknown as TimedResponse);
  }

  get(url: string, options?: AnyOptions): Promise<AnyResponse> {
    return this.send('GET', url, options);
  }

  post(url: string, options?: AnyOptions): Promise<AnyResponse> {
    return this.send('POST', url, options);
  }

  put(url: string, options?: AnyOptions): Promise<AnyResponse> {
    return this.send('PUT', url, options);
  }

  patch(url: string, options?: AnyOptions): Promise<AnyResponse> {
    return this.send('PATCH', url, options);
  }

  delete(url: string, options?: AnyOptions): Promise<AnyResponse> {
    return this.send('DELETE', url, options);
  }

  head(url: string, options?: AnyOptions): Promise<AnyResponse> {
    return this.send('HEAD', url, options);
  }

  options(url: string, options?: AnyOptions): Promise<AnyResponse> {
    return this.send('OPTIONS', url, options);
  }
}
