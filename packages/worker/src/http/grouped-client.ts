import type { Cookies, HttpClient, HttpMethod, HttpResponse, RequestOptions } from '@loadts/core';
import { HttpVerbs } from './http-verbs.ts';

/**
 * A user's client as it is seen inside a group. A view and not a state of the client: a state would name whatever else
 * the user does at the same time as well.
 */
export class GroupedClient extends HttpVerbs {
  readonly #client: HttpClient;
  readonly #name: string;

  constructor(client: HttpClient, name: string) {
    super();
    this.#client = client;
    this.#name = name;
  }

  get cookies(): Cookies {
    return this.#client.cookies;
  }

  setHeader(name: string, value: string | undefined): void {
    this.#client.setHeader(name, value);
  }

  request(method: HttpMethod, url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.#client.request(method, url, { ...options, name: options?.name ?? this.#name });
  }

  async group<Result>(name: string, run: (client: HttpClient) => Result | Promise<Result>): Promise<Result> {
    return run(new GroupedClient(this.#client, name));
  }
}
