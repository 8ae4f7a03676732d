import type { Cookies, HttpClient, HttpMethod, HttpResponse, RequestOptions } from '@loadts/core';

/** The methods of a client that all come down to `request`. */
export abstract class HttpVerbs implements HttpClient {
  abstract readonly cookies: Cookies;
  abstract request(method: HttpMethod, url: string, options?: RequestOptions): Promise<HttpResponse>;
  abstract setHeader(name: string, value: string | undefined): void;
  abstract group<Result>(
    name: string,
    run: (client: HttpClient) => Result | Promise<Result>,
  ): Promise<Result>;

  get(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('GET', url, options);
  }

  post(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('POST', url, options);
  }

  put(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('PUT', url, options);
  }

  patch(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('PATCH', url, options);
  }

  delete(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('DELETE', url, options);
  }

  head(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('HEAD', url, options);
  }

  options(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('OPTIONS', url, options);
  }
}
