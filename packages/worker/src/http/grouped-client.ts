import type { AnyOptions, Cookies, HttpClient, HttpMethod } from '@loadts/core';
import { type AnyResponse, HttpVerbs } from './http-verbs.ts';

/**
 * A user's client as it is seen inside a group. A view and not a state of the client: a state would name whatever else
 * the user does at the same time as well.
 */
export class GroupedClient extends HttpVerbs {
  readonly #client: HttpVerbs;
  readonly #name: string;

  constructor(client: HttpVerbs, name: string) {
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

  send(method: HttpMethod, url: string, options?: AnyOptions): Promise<AnyResponse> {
    return this.#client.send(method, url, { ...options, name: options?.name ?? this.#name });
  }

  async group<Result>(name: string, run: (client: HttpClient) => Result | Promise<Result>): Promise<Result> {
    return run(new GroupedClient(this.#client, name));
  }
}
