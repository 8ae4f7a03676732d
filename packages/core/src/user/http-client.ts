import type { Duration } from '../duration.ts';
import type { HttpTimeouts } from './http-settings.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** What a transport failure was, stable enough to group by. */
export type TransportErrorKind =
  | 'timeout'
  | 'dns'
  | 'refused'
  | 'reset'
  | 'tls'
  | 'protocol'
  | 'aborted'
  | 'other';

export interface TransportError {
  readonly kind: TransportErrorKind;
  /** The operating system's or library's code, such as `ECONNREFUSED`. */
  readonly code: string;
  readonly message: string;
}

export interface ResponseHeaders extends Iterable<readonly [name: string, value: string]> {
  /** The value of a header, several joined by `, `; `null` where it is absent. Names are not case-sensitive. */
  get(name: string): string | null;
  has(name: string): boolean;
}

/** Where the time of a request went, in milliseconds. The parts add up to `durationMs`. */
export interface HttpTimings {
  /** From the call until a connection was free, or opening one began. */
  readonly waitMs: number;
  /** Looking up the host name; 0 for an address and on a connection that was there already. */
  readonly dnsMs: number;
  /** TCP, and the proxy's answer where there is one; 0 on a connection that was there already. */
  readonly connectMs: number;
  /** The TLS handshake; 0 without TLS and on a connection that was there already. */
  readonly tlsMs: number;
  /** From sending the request to the first byte of the response. */
  readonly firstByteMs: number;
  /** From the first byte to the last. */
  readonly downloadMs: number;
}

/** A response whose body has ended. The body methods are synchronous; awaiting them is harmless. */
export interface HttpResponse {
  /** The status code; 0 where no response came, and then `error` says why. */
  readonly status: number;
  /** True for 200 to 299, as in fetch. */
  readonly ok: boolean;
  readonly url: string;
  readonly headers: ResponseHeaders;
  readonly error: TransportError | undefined;
  /** The measured time from the call to the end of the body, in milliseconds. */
  readonly durationMs: number;
  readonly timings: HttpTimings;
  /** False where a connection was opened for this request. */
  readonly reusedConnection: boolean;
  /** Bytes of the request, headers included; TLS and proxies put more on the wire. */
  readonly bytesSent: number;
  /** Bytes of the body as they came. */
  readonly bytesReceived: number;
  text(): string;
  /** @throws SyntaxError where the body is not JSON. */
  json<T = unknown>(): T;
  bytes(): Uint8Array;
}

/** The response inside `check`: only here its verdict can be set. */
export interface CheckedResponse extends HttpResponse {
  /** Counts the request as successful, whatever its status. */
  success(): void;
  /** Counts the request as failed for this reason. */
  failure(reason: string): void;
}

/** Nothing: the status decides (below 400 succeeds). `true`: success. `false` or text: failed, with that reason. */
// biome-ignore lint/suspicious/noConfusingVoidType: a check that returns nothing is the common case
export type CheckResult = boolean | string | void;
export type Check = (response: CheckedResponse) => CheckResult | Promise<CheckResult>;

export type QueryValue = string | number | boolean;

export interface RequestOptions {
  /** The entry that the request is counted under; the path without its query string unless given. */
  readonly name?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, QueryValue | readonly QueryValue[]>>;
  /** Sent as JSON with its content type. At most one of `json`, `form` and `body`. */
  readonly json?: unknown;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, QueryValue | readonly QueryValue[]>>;
  readonly body?: string | Uint8Array;
  /** The whole request, connection included, or limits for its parts. What is not given comes from the class. */
  readonly timeout?: Duration | HttpTimeouts;
  readonly check?: Check;
}

/**
 * A user's HTTP client. Calls resolve when the body has ended and never reject for what the target does:
 * a transport failure is a response with status 0 and an `error`.
 */
export interface HttpClient {
  request(method: HttpMethod, url: string, options?: RequestOptions): Promise<HttpResponse>;
  get(url: string, options?: RequestOptions): Promise<HttpResponse>;
  post(url: string, options?: RequestOptions): Promise<HttpResponse>;
  put(url: string, options?: RequestOptions): Promise<HttpResponse>;
  patch(url: string, options?: RequestOptions): Promise<HttpResponse>;
  delete(url: string, options?: RequestOptions): Promise<HttpResponse>;
  head(url: string, options?: RequestOptions): Promise<HttpResponse>;
  options(url: string, options?: RequestOptions): Promise<HttpResponse>;
}
