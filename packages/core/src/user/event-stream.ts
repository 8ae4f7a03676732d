import type {
  CheckedHead,
  CheckResult,
  HttpMethod,
  ResponseHead,
  StreamOptions,
  TransportError,
} from './http-client.ts';

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
