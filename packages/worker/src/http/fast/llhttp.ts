import { createRequire } from 'node:module';

/** Undici's build of Node's own HTTP parser. It is no public part of undici: a test fails if it moves. */
const MODULE = 'undici/lib/llhttp/llhttp_simd-wasm.js';
/** For processors without vector instructions. */
const PLAIN_MODULE = 'undici/lib/llhttp/llhttp-wasm.js';

/** What the parser can do; `parser` is its address. */
export interface Llhttp {
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(bytes: number): number;
  llhttp_alloc(type: number): number;
  llhttp_free(parser: number): void;
  llhttp_reset(parser: number): void;
  /** @returns an error code, 0 for none */
  llhttp_execute(parser: number, at: number, length: number): number;
  /** The connection has ended. @returns as `llhttp_execute` */
  llhttp_finish(parser: number): number;
  llhttp_get_error_reason(parser: number): number;
  llhttp_get_http_major(parser: number): number;
  llhttp_get_http_minor(parser: number): number;
}

/** Told of each piece of a response, by its address in the parser's memory. Anything but 0 ends the parsing. */
export interface LlhttpEvents {
  messageBegin(): number;
  status(at: number, length: number): number;
  headerField(at: number, length: number): number;
  headerValue(at: number, length: number): number;
  /** @returns 1 for a message without a body */
  headersComplete(status: number, upgrade: boolean, keepAlive: boolean): number;
  body(at: number, length: number): number;
  messageComplete(): number;
}

/** The type of parser that reads responses. */
export const RESPONSE = 2;

/** @param current who is told: the parser at work */
export function createLlhttp(current: () => LlhttpEvents): Llhttp {
  const { exports } = new WebAssembly.Instance(compile(), {
    env: {
      wasm_on_url: () => 0,
      wasm_on_status: (_: number, at: number, length: number) => current().status(at, length),
      wasm_on_message_begin: () => current().messageBegin(),
      wasm_on_header_field: (_: number, at: number, length: number) => current().headerField(at, length),
      wasm_on_header_value: (_: number, at: number, length: number) => current().headerValue(at, length),
      wasm_on_headers_complete: (_: number, status: number, upgrade: number, keepAlive: number) =>
        current().headersComplete(status, upgrade === 1, keepAlive === 1),
      wasm_on_body: (_: number, at: number, length: number) => current().body(at, length),
      wasm_on_message_complete: () => current().messageComplete(),
    },
  });
  return exports as unknown as Llhttp;
}

function compile(): WebAssembly.Module {
  const require = createRequire(import.meta.url);
  try {
    return new WebAssembly.Module(require(MODULE) as Buffer);
  } catch {
    return new WebAssembly.Module(require(PLAIN_MODULE) as Buffer);
  }
}
