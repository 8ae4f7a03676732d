import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerChat, findChatProblem } from './chat.mjs';
import { createModel } from './model.mjs';
import { DIMENSIONS, MODEL_NAME } from './transformer.mjs';

/** @import { IncomingMessage, Server, ServerResponse } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */
/** @import { ChatOptions } from './chat.mjs' */
/** @import { ModelOptions } from './model.mjs' */

const MAX_BYTES = 1_048_576;
const MAX_BATCH = 64;
const KEEP_ALIVE_MS = 75_000;

/** @type {ModelOptions & ChatOptions} */
const DEFAULTS = { loadMs: 2_000, queue: 64, slowMs: 0, leakMs: 0, firstTokenMs: 80, tokenMs: 10 };

/**
 * A small model behind HTTP, to put load on: embeddings that cost what they cost in a real service, and a chat that
 * streams its tokens.
 * @param {Partial<ModelOptions & ChatOptions>} options
 */
export function createModelApi(options = {}) {
  const all = { ...DEFAULTS, ...options };
  const model = createModel(all);

  /** @type {(request: IncomingMessage, response: ServerResponse) => Promise<void>} */
  async function answer(request, response) {
    const route = `${request.method} ${new URL(request.url ?? '/', 'http://localhost').pathname}`;
    if (route === 'GET /health') {
      return send(response, 200, { status: model.ready ? 'ready' : 'not_ready', model: MODEL_NAME });
    }
    if (route !== 'POST /embed' && route !== 'POST /v1/chat/completions') {
      return send(response, 404, {
        detail: 'there are GET /health, POST /embed and POST /v1/chat/completions',
      });
    }
    const body = await readJson(request);
    if (!model.ready) return send(response, 503, { detail: 'the model is not ready' });
    return route === 'POST /embed' ? embed(response, body) : chat(response, body);
  }

  /** @type {(response: ServerResponse, body: any) => Promise<void>} */
  async function embed(response, body) {
    const texts = body?.texts;
    const fits = Array.isArray(texts) && texts.every((text) => typeof text === 'string');
    if (!fits || texts.length < 1 || texts.length > MAX_BATCH) {
      return send(response, 422, { detail: `texts has to be a list of 1 to ${MAX_BATCH} texts` });
    }
    const embeddings = await model.embed(texts);
    if (!embeddings)
      return send(response, 503, { detail: 'too many requests wait already' }, { 'retry-after': '1' });
    send(response, 200, { embeddings, dimensions: DIMENSIONS, model: MODEL_NAME });
  }

  /** @type {(response: ServerResponse, body: any) => Promise<void>} */
  async function chat(response, body) {
    const problem = findChatProblem(body);
    if (problem) return send(response, 422, { detail: problem });
    await answerChat(response, body, all);
  }

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    // Whoever hung up, or is cut off at the end, gets no answer.
    answer(request, response).catch(() => response.destroy());
  });

  return {
    whenReady: () => model.whenReady(),
    /** @param {number} port 0 takes a free one. @param {string} host */
    async listen(port = 0, host = '127.0.0.1') {
      server.listen({ port, host, backlog: 4_096 });
      await once(server, 'listening');
      return `http://${host}:${/** @type {AddressInfo} */ (server.address()).port}`;
    },
    async close() {
      await closeServer(server);
      await model.close();
    },
  };
}

/** @param {Server} server */
async function closeServer(server) {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {object} value
 * @param {Record<string, string>} headers
 */
function send(response, status, value, headers = {}) {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(body);
}

/**
 * @param {IncomingMessage} request
 * @returns {Promise<unknown>} undefined where the body is not JSON, or too large
 */
async function readJson(request) {
  let size = 0;
  /** @type {Buffer[]} */
  const chunks = [];
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  try {
    return size <= MAX_BYTES ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
  } catch {
    return undefined;
  }
}
