import type { Duration } from '../duration.ts';
import type { Cookies } from './cookies.ts';
import type { HttpAuth } from './http-auth.ts';
import type { HttpTimeouts } from './http-settings.ts';
import type { FormFields, QueryValue, RequestBody } from './request-body.ts';

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

/** A redirect on the way to a response. */
export interface RedirectHop {
  readonly status: number;
  /** The URL that was redirected, not the one it led to. */
  readonly url: string;
  readonly headers: ResponseHeaders;
}

/**
 * Where the time of a request went, in milliseconds. The parts add up to `durationMs`; where redirects were followed,
 * each part is that of all hops.
 */
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
  /** The last one, where redirects were followed. */
  readonly url: string;
  readonly headers: ResponseHeaders;
  /** The redirects that were followed, the first one first. */
  readonly history: readonly RedirectHop[];
  readonly error: TransportError | undefined;
  /** The measured time from the call to the end of the body, redirects included, in milliseconds. */
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

/** What is known of a response when its headers have come. */
export type ResponseHead = Pick<HttpResponse, 'status' | 'ok' | 'url' | 'headers' | 'history'>;

/** A response whose body is still on its way. Its request is counted when the body has ended. */
export interface StreamedResponse extends ResponseHead {
  /** Why no response came, or why the body broke off. */
  readonly error: TransportError | undefined;
  /** From the call to the first byte of the response, in milliseconds. */
  readonly firstByteMs: number;
  /**
   * The body as it comes, unpacked; it can be gone through once. It waits for its reader: of what was not read yet, about
   * 64 KiB are held. Where the connection breaks off it ends early, and `error` says why.
   * @throws StopUser where the run ends, Error for a body that cannot be unpacked
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the request here, successfully: as leaving a loop over the body does. */
  discard(): void;
}

/** The response inside the `check` of a streaming request: its body has not come yet. */
export interface CheckedHead extends ResponseHead {
  /** Counts the request as successful, whatever its status. */
  success(): void;
  /** Counts the request as failed for this reason. */
  failure(reason: string): void;
}

interface CommonOptions {
  /** The entry that the request is counted under; the path without its query string unless given. */
  readonly name?: string;
  /**
   * Values for the `{names}` in the URL, percent-encoded. The template is the name of the entry, so that
   * `get('/users/{id}', { params: { id } })` is one entry.
   */
  readonly params?: Readonly<Record<string, QueryValue>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: FormFields;
  /**
   * The whole request, connection and redirects included, or limits for its parts. What is not given comes from the class.
   */
  readonly timeout?: Duration | HttpTimeouts;
  /** Redirects to follow, 30 unless given; 0 makes a redirect a response like any other. */
  readonly maxRedirects?: number;
  readonly auth?: HttpAuth;
}

/** What `stream` makes of the options: then the call resolves at the headers, and `check` looks at those. */
type OptionsFor<Streams extends boolean> = CommonOptions &
  RequestBody & {
    readonly stream?: Streams;
    readonly check?: Streams extends true
      ? (head: CheckedHead) => CheckResult | Promise<CheckResult>
      : (response: CheckedResponse) => CheckResult | Promise<CheckResult>;
  };

export type RequestOptions = OptionsFor<false>;
export type StreamOptions = OptionsFor<true> & { readonly stream: true };

/** What an answer is cut into: server-sent events, lines, or chunks as they come. */
export type EventFormat = 'sse' | 'lines' | 'chunks';

/** One event of a streamed answer. */
export interface StreamEvent {
  /** The `event:` of a server-sent event; `message` where it has none. */
  readonly type: string;
  readonly data: string;
  /** The last `id:` that came; empty where there was none. */
  readonly id: string;
  /** From the call to its arrival, in milliseconds. */
  readonly atMs: number;
  /** @throws SyntaxError where the data is not JSON. */
  json<T = unknown>(): T;
}

/** Options of `client.stream`, besides those of every request. */
export type EventStreamOptions = Omit<StreamOptions, 'stream' | 'check'> & {
  /** POST where there is a body, else GET. */
  readonly method?: HttpMethod;
  /** What the content type says unless given: `text/event-stream` has events, `…ndjson` and `…jsonl` lines, others chunks. */
  readonly format?: EventFormat;
  /** Which events are measured; all but empty ones and `[DONE]` unless given. */
  readonly isContent?: (event: StreamEvent) => boolean;
  /** Gets each event. `false` or text fails the request, with that reason; what it throws comes out of the call. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most return nothing
  readonly onEvent?: (event: StreamEvent) => boolean | string | void;
  /** The rest is not wanted once this says so: the request ends there, successfully. */
  readonly until?: (event: StreamEvent) => boolean;
  /** Looks at the headers, as with `stream: true`. */
  readonly check?: (head: CheckedHead) => CheckResult | Promise<CheckResult>;
};

/** A streamed answer that has ended. Times in milliseconds. */
export interface EventStreamResult extends ResponseHead {
  /** Why no response came, or why it broke off. */
  readonly error: TransportError | undefined;
  /** All of them. */
  readonly events: number;
  /** Those that were measured. */
  readonly contentEvents: number;
  /** From the call to the first measured event; undefined where none came. */
  readonly firstEventMs: number | undefined;
  readonly durationMs: number;
}

/** Either of them, for a client to take. */
export type AnyOptions = CommonOptions &
  RequestBody & {
    readonly stream?: boolean;
    readonly check?: (response: never) => CheckResult | Promise<CheckResult>;
  };

type ResponseFor<Streams extends boolean> = Streams extends true ? StreamedResponse : HttpResponse;

type SendRequest = <Streams extends boolean = false>(
  url: string,
  options?: OptionsFor<Streams>,
) => Promise<ResponseFor<Streams>>;

/**
 * A user's HTTP client. Calls resolve when the body has ended and never reject for what the target does:
 * a transport failure is a response with status 0 and an `error`.
 */
export interface HttpClient {
  /** @throws LoadtsError `REQUEST_INVALID` where the class has `cookies: false`. */
  readonly cookies: Cookies;
  /** Sent with every request of this user from now on; `undefined` takes the header away. */
  setHeader(name: string, value: string | undefined): void;
  /**
   * Counts requests under one name: those that `run` makes with the client that it is given and without a name of their
   * own. `this.client` goes on as before. Groups may be nested: the inner name counts.
   */
  group<Result>(name: string, run: (client: HttpClient) => Result | Promise<Result>): Promise<Result>;
  request<Streams extends boolean = false>(
    method: HttpMethod,
    url: string,
    options?: OptionsFor<Streams>,
  ): Promise<ResponseFor<Streams>>;
  /**
   * Reads an answer event by event and measures when they come: the time to the first (`ttfe`), the gaps between them
   * (`gap`), and the mean time per event (`tpot`). Resolves when the stream has ended.
   */
  stream(url: string, options?: EventStreamOptions): Promise<EventStreamResult>;
  readonly get: SendRequest;
  readonly post: SendRequest;
  readonly put: SendRequest;
  readonly patch: SendRequest;
  readonly delete: SendRequest;
  readonly head: SendRequest;
  readonly options: SendRequest;
}
