import type {
  CheckResult,
  EventFormat,
  EventStreamOptions,
  EventStreamResult,
  ResponseHead,
  StreamEvent,
  StreamOptions,
  StreamTime,
  StreamTimes,
  TransportError,
} from '@loadts/core';
import { createEventParser, type EventParser, type ParsedEvent } from './event-parser.ts';
import { EventTimes } from './event-times.ts';

/** A response whose body is read as events. Times in clock microseconds. */
export interface TimedResponse extends ResponseHead {
  readonly error: TransportError | undefined;
  readonly body: AsyncIterable<Uint8Array>;
  readonly callUs: number;
  /** When it should have been sent: in an open scenario that may be before the call. */
  readonly startUs: number;
  /** 0 before its end. */
  readonly endUs: number;
  /** When a chunk of the body came. */
  arrivedUs(chunk: Uint8Array): number;
  recordTime(time: StreamTime, durationUs: number, atUs: number): void;
  /** For who is told of the request when it ends. */
  streamed(times: StreamTimes | undefined): void;
  /** Resolves once the request has its outcome. */
  whenCounted(): Promise<void>;
}

const EMPTY = 'the stream ended without an event';
const FAILED = 'an event failed its check';
const DONE = '[DONE]';

/** One answer that is read as events. Its request's check goes on until the last of them, since they decide as well. */
export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #ended: Promise<void>;
  #end: () => void = () => {};
  #reason: string | undefined;
  #events = 0;
  #hasContent = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** What to send. */
  get request(): StreamOptions {
    const { check, headers, query, params, name, timeout, maxRedirects, auth } = this.#options;
    const { json, form, multipart, body } = this.#options as Readonly<Record<string, unknown>>;
    const sent = { json, form, multipart, body, query, params, name, timeout, maxRedirects, auth };
    const given = Object.entries(sent).filter(([, value]) => value !== undefined);
    return {
      ...Object.fromEntries(given),
      headers: { accept: 'text/event-stream', 'accept-encoding': 'identity', ...headers },
      stream: true,
      check: async (head): Promise<CheckResult> => {
        const verdict = await check?.(head);
        await this.#ended;
        if (this.#reason !== undefined) return this.#reason;
        return verdict === undefined && head.ok && !this.#hasContent ? EMPTY : verdict;
      },
    };
  }

  /** Reads to the end. @throws what the script's functions throw; StopUser at the end of the run */
  async read(response: TimedResponse): Promise<EventStreamResult> {
    const { callUs, startUs, status, ok, url, headers, history } = response;
    const times = new EventTimes(startUs, (time, us, atUs) => response.recordTime(time, us, atUs));
    try {
      await this.#readAll(response, times);
    } catch (thrown) {
      this.#reason ??= thrown instanceof Error ? thrown.message : String(thrown);
      throw thrown;
    } finally {
      times.end();
      response.streamed(times.all);
      this.#hasContent = times.events > 0;
      this.#end();
      await response.whenCounted();
    }
    const { firstUs, events: contentEvents } = times;
    const firstEventMs = firstUs === undefined ? undefined : (firstUs - callUs) / 1_000;
    const durationMs = (response.endUs - callUs) / 1_000;
    const head = { status, ok, url, headers, history, error: response.error };
    return { ...head, events: this.#events, contentEvents, firstEventMs, durationMs };
  }

  async #readAll(response: TimedResponse, times: EventTimes): Promise<void> {
    const parser = createEventParser(this.#options.format ?? formatOf(response));
    const decoder = new TextDecoder();
    let atUs = response.startUs;
    // What has come at the same time for others gets its time first: this one's is known.
    await new Promise(setImmediate);
    for await (const chunk of response.body) {
      atUs = response.arrivedUs(chunk);
      const parsed = parser.push(decoder.decode(chunk, { stream: true }));
      if (this.#takeAll(parsed, atUs, times, response)) return;
    }
    this.#takeRest(parser, atUs, times, response);
  }

  /** What was not ended is an event only where the stream was. */
  #takeRest(parser: EventParser, atUs: number, times: EventTimes, response: TimedResponse): void {
    if (response.error === undefined) this.#takeAll(parser.end(), atUs, times, response);
  }

  /** @returns whether the rest is not wanted */
  #takeAll(
    parsed: readonly ParsedEvent[],
    atUs: number,
    times: EventTimes,
    { callUs, ok }: TimedResponse,
  ): boolean {
    const { isContent = isText, onEvent, until } = this.#options;
    for (const one of parsed) {
      this.#events++;
      const event = createEvent(one, (atUs - callUs) / 1_000);
      // What a refusal says is no content.
      if (ok && isContent(event)) times.note(atUs);
      const verdict = onEvent?.(event);
      if (verdict === false) this.#reason ??= FAILED;
      else if (typeof verdict === 'string') this.#reason ??= verdict;
      if (until?.(event)) return true;
    }
    return false;
  }
}

function createEvent({ type, data, id }: ParsedEvent, atMs: number): StreamEvent {
  return { type, data, id, atMs, json: <T>() => JSON.parse(data) as T };
}

function isText({ data }: StreamEvent): boolean {
  return data !== '' && data !== DONE;
}

function formatOf({ headers }: TimedResponse): EventFormat {
  const type = headers.get('content-type') ?? '';
  if (/^text\/event-stream\b/i.test(type)) return 'sse';
  return /\b(x-)?(ndjson|jsonl|json-lines|json-seq)\b/i.test(type) ? 'lines' : 'chunks';
}
