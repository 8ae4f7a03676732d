import type { Dispatcher } from 'undici';
import type { HeaderList } from '../request-headers.ts';
import type { RequestParts } from '../request-plan.ts';

type RequestOptions = Dispatcher.DispatchOptions;

/** Requests with these say so where they have no body. */
const EXPECT_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** HOT: the heads of requests to one origin as bytes. What is the same in many of them is made once. */
export class RequestHeads {
  readonly #host: string;
  readonly #keepAlive: boolean;
  /** The lines of a list of headers: each user with headers of its own has one. */
  readonly #lines = new WeakMap<HeaderList, string>();

  constructor(origin: string, keepAlive: boolean) {
    this.#host = new URL(origin).host;
    this.#keepAlive = keepAlive;
  }

  /** The head of a request without a body. */
  bare({ options, repeated }: RequestParts): Buffer {
    if (repeated?.head) return repeated.head;
    const head = this.make(options, EXPECT_BODY.has(options.method) ? 'content-length: 0\r\n' : '');
    if (repeated) repeated.head = head;
    return head;
  }

  /** @param framing lines that say how long the body is: what the request itself says of that is left out */
  make({ method, path, headers }: RequestOptions, framing: string): Buffer {
    const list = headers as HeaderList;
    let lines = this.#lines.get(list);
    if (lines === undefined) {
      lines = this.#write(list);
      this.#lines.set(list, lines);
    }
    return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}${framing}\r\n`, 'latin1');
  }

  #write(headers: HeaderList): string {
    let lines = '';
    let host = this.#host;
    let connection = this.#keepAlive ? 'keep-alive' : 'close';
    for (let i = 0; i < headers.length; i += 2) {
      const [name, value] = [headers[i] as string, headers[i + 1] as string];
      if (name === 'host') host = value;
      else if (name === 'connection') connection = this.#keepAlive ? value : connection;
      else if (name !== 'content-length') lines += `${name}: ${value}\r\n`;
    }
    return `host: ${host}\r\nconnection: ${connection}\r\n${lines}`;
  }
}
