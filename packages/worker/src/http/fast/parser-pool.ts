import { ParserMemory } from './parser-memory.ts';
import { ResponseParser, type ResponseReceiver } from './response-parser.ts';

/** The parsers of a process. Most responses come in one piece, so that few parsers serve many connections. */
export class ParserPool {
  readonly #memory: ParserMemory = new ParserMemory();
  readonly #idle: ResponseParser[] = [];

  /** Where sockets read into, one after the other: what is read is parsed at once. */
  get readBuffer(): Buffer {
    return this.#memory.readBuffer;
  }

  /** HOT: a parser for the next response, until it is freed. */
  take(receiver: ResponseReceiver): ResponseParser {
    const parser = this.#idle.pop() ?? new ResponseParser(this.#memory, this.#idle);
    parser.begin(receiver);
    return parser;
  }
}
