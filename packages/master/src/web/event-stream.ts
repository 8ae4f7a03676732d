import type { EventView, LogView, SecondView, StateView } from '@loadts/protocol';
import { SECURITY_HEADERS } from './access/security-headers.ts';
import { WebError } from './web-error.ts';

export interface EventStreamOptions {
  readonly maxClients?: number;
  /** One that has so much unread is cut off; it comes back by itself. */
  readonly maxUnreadBytes?: number;
  readonly keepAliveMs?: number;
}

/** The answer that events are written to: a `ServerResponse`, without Node's types, which scripts need not have. */
export interface EventClient {
  readonly writableLength: number;
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
  write(text: string): unknown;
  on(event: 'error' | 'close', listener: () => void): unknown;
  end(): unknown;
  destroy(): unknown;
}

/** What the page is told, by the name of the event. */
export interface StreamEvents {
  readonly state: StateView;
  readonly second: SecondView;
  readonly event: EventView;
  readonly log: LogView;
}

/** An event, not a comment: pages do not see comments, and could not tell a silent master from a dead one. */
const ALIVE = 'event: alive\ndata: {}\n\n';

/** Server-sent events to all pages that are open. */
export class EventStream {
  readonly #options: Required<EventStreamOptions>;
  readonly #clients = new Set<EventClient>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ maxClients = 100, maxUnreadBytes = 2 ** 20, keepAliveMs = 5_000 }: EventStreamOptions = {}) {
    this.#options = { maxClients, maxUnreadBytes, keepAliveMs };
  }

  /** How many listen. */
  get clients(): number {
    return this.#clients.size;
  }

  /**
   * Adds a listener, which gets `first` before everything else.
   * @throws WebError `TOO_MANY_CLIENTS`
   */
  add(client: EventClient, first: readonly string[]): void {
    const { maxClients, keepAliveMs } = this.#options;
    if (this.#clients.size >= maxClients) {
      const hint = 'close some pages, or poll /api/v1/state';
      throw new WebError('TOO_MANY_CLIENTS', `${maxClients} pages are open already`, hint);
    }
    client.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies would hold the events back.
      'x-accel-buffering': 'no',
    });
    client.on('error', () => this.#drop(client));
    client.on('close', () => this.#drop(client));
    this.#clients.add(client);
    this.#timer ??= setInterval(() => this.#write(ALIVE), keepAliveMs).unref();
    client.write(`retry: 1000\n\n${first.join('')}`);
  }

  send<Name extends keyof StreamEvents>(name: Name, data: StreamEvents[Name]): void {
    if (this.#clients.size > 0) this.#write(formatEvent(name, data));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const client of this.#clients) client.end();
    this.#clients.clear();
  }

  #write(text: string): void {
    for (const client of this.#clients) {
      client.write(text);
      if (client.writableLength > this.#options.maxUnreadBytes) client.destroy();
    }
  }

  #drop(client: EventClient): void {
    this.#clients.delete(client);
    if (this.#clients.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** A second has an id, by which a page that was cut off goes on where it was. */
export function formatEvent<Name extends keyof StreamEvents>(name: Name, data: StreamEvents[Name]): string {
  const id = 'runId' in data ? `id: ${data.runId}:${data.second}\n` : '';
  // JSON has no line breaks of its own.
  return `${id}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The second in the header `Last-Event-ID`, where it is one of this run; else -1. */
export function readLastSecond(header: string | undefined, runId: string | undefined): number {
  const [, id, second] = /^([\w-]{1,100}):(\d{1,9})$/.exec(header ?? '') ?? [];
  return id !== undefined && id === runId ? Number(second) : -1;
}
