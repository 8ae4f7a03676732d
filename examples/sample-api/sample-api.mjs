import { once } from 'node:events';
import { createServer } from 'node:http';
import { jsonAnswer } from './answer.mjs';
import { CONTROL_PREFIX, createControl } from './control.mjs';
import { answerFor } from './endpoints.mjs';
import { createMode } from './mode.mjs';
import { hasBody, readBody } from './read-body.mjs';
import { createRequestCounts } from './request-counts.mjs';

/** @import { IncomingMessage, Server, ServerResponse } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */
/** @import { Answer } from './answer.mjs' */
/** @import { Mode } from './mode.mjs' */
/** @import { Counts } from './request-counts.mjs' */

/**
 * @typedef {object} SampleApi
 * @property {Server} server
 * @property {(port?: number, host?: string) => Promise<string>} listen resolves with the URL; port 0 takes a free one
 * @property {() => Promise<void>} close drops every connection, also one that waits for a slow answer
 * @property {() => Counts} counts
 */

/** @typedef {(request: IncomingMessage, response: ServerResponse, path: string, body: Buffer | undefined) => void} Take */

const KEEP_ALIVE_MS = 75_000;
// Thousands of users may connect in the same instant; the default of 511 would make some of them retry.
const BACKLOG = 4_096;
const NO_BODY = Buffer.alloc(0);
const FAILURE = jsonAnswer(500, { error: 'failed on purpose' });
const TOO_LARGE = jsonAnswer(413, { error: 'a body may have at most 1 MiB' });

/**
 * A small JSON API to put load on, which counts exactly what it answers.
 *
 * A request counts once its response is handed to the socket (`response.end`), since that is what a client can
 * see. One that did not arrive whole, or whose client hung up before the answer, does not count.
 * @param {Partial<Mode>} options how it misbehaves from the start; by default not at all
 * @returns {SampleApi}
 * @throws {RangeError} where the options cannot be used
 */
export function createSampleApi(options = {}) {
  const mode = createMode(options);
  const counts = createRequestCounts();
  const control = createControl(mode, counts);

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const path = pathOf(request);
    const take = path.startsWith(CONTROL_PREFIX) ? takeControl : takeCounted;
    if (hasBody(request)) readBody(request, (body) => take(request, response, path, body));
    else take(request, response, path, NO_BODY);
  });

  /** @type {Take} */
  function takeControl(request, response, path, body) {
    send(response, body === undefined ? TOO_LARGE : control(methodOf(request), path, body));
  }

  /** @type {Take} */
  function takeCounted(request, response, path, body) {
    const answer = body === undefined ? TOO_LARGE : answerFor(methodOf(request), path, body);
    const slowMs = mode.slowMs();
    if (slowMs === 0) finish(request, response, path, answer);
    // Not a reason to stay alive: a server that has stopped owes nobody an answer.
    else setTimeout(finish, slowMs, request, response, path, answer).unref();
  }

  /** @type {(request: IncomingMessage, response: ServerResponse, path: string, answer: Answer) => void} */
  function finish(request, response, path, answer) {
    if (!request.socket.writable) return;
    const fails = mode.nextFails();
    send(response, fails ? FAILURE : answer);
    // Node joins a repeated header of this kind, so it is never a list.
    const worker = /** @type {string | undefined} */ (request.headers['x-loadts-worker']);
    counts.add(methodOf(request), path, worker, fails);
  }

  return {
    server,
    listen: (port = 0, host = '127.0.0.1') => listen(server, port, host),
    close: () => close(server),
    counts: () => counts.read(),
  };
}

/**
 * @param {Server} server
 * @param {number} port
 * @param {string} host
 */
async function listen(server, port, host) {
  server.listen({ port, host, backlog: BACKLOG });
  await once(server, 'listening');
  const address = /** @type {AddressInfo} */ (server.address());
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

/** @param {Server} server */
async function close(server) {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** @param {IncomingMessage} request */
function methodOf(request) {
  return /** @type {string} */ (request.method);
}

/** @param {IncomingMessage} request */
function pathOf(request) {
  const url = /** @type {string} */ (request.url);
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

/**
 * @param {ServerResponse} response
 * @param {Answer} answer
 */
function send(response, answer) {
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}
