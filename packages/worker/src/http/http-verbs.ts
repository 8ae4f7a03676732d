import type {
  AnyOptions,
  Cookies,
  HttpClient,
  HttpMethod,
  HttpResponse,
  StreamedResponse,
} from '@loadts/core';

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
