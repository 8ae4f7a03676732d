import type { Duration } from '../duration.ts';
import type { Check } from './http-client.ts';

export type QueryValue = string | number | boolean;

/** Sent as the `authorization` header: basic authentication, or a token. */
export type HttpAuth =
  | { readonly username: string; readonly password: string; readonly bearer?: never }
  | { readonly bearer: string; readonly username?: never; readonly password?: never };

export interface RequestOptions {
  /** The entry that the request is counted under; the path without its query string unless given. */
  readonly name?: string;
  /**
   * Values for the `{names}` in the URL, percent-encoded. The template is the name of the entry, so that
   * `get('/users/{id}', { params: { id } })` is one entry.
   */
  readonly params?: Readonly<Record<string, QueryValue>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[]>>;
  /** Sent as JSON with its content type. At most one of `json`, `form` and `body`. */
  readonly json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, QueryValue | readonly QueryValue[]>>;
  readonly body?: string | Uint8Array;
  /** The whole request, connection and redirects included. 60 s unless given. */
  readonly timeout?: Duration;
  /** Redirects to follow, 30 unless given; 0 makes a redirect a response like any other. */
  readonly maxRedirects?: number;
  readonly auth?: HttpAuth;
  readonly check?: Check;
}
