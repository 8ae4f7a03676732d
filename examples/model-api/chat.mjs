import { setTimeout as sleep } from 'node:timers/promises';

/** @import { ServerResponse } from 'node:http' */

/**
 * @typedef {object} ChatOptions
 * @property {number} firstTokenMs until the first token, as reading the prompt takes
 * @property {number} tokenMs between two tokens
 */

const ANSWER = 'Load tests show what a service does when many people want something from it at once .'.split(
  ' ',
);
const DEFAULT_TOKENS = 16;
const MAX_TOKENS = 1_000;

/**
 * What is wrong with a request for a chat completion; undefined where it can be answered.
 * @param {unknown} request
 */
export function findChatProblem(request) {
  const { messages, max_tokens: most = DEFAULT_TOKENS } = /** @type {any} */ (request ?? {});
  if (!Array.isArray(messages) || messages.length === 0) return 'messages has to be a list with a message';
  const fits = Number.isInteger(most) && most >= 1 && most <= MAX_TOKENS;
  return fits ? undefined : `max_tokens has to be a whole number from 1 to ${MAX_TOKENS}`;
}

/**
 * Answers as OpenAI's chat completions do: server-sent events, one token each, or one JSON text.
 * @param {ServerResponse} response
 * @param {{ max_tokens?: number, stream?: boolean, model?: string }} request
 * @param {ChatOptions} options
 */
export async function answerChat(response, request, { firstTokenMs, tokenMs }) {
  const { max_tokens: most = DEFAULT_TOKENS, model = 'sample-chat' } = request;
  const tokens = Array.from({ length: most }, (_, i) => ANSWER[i % ANSWER.length]);
  const id = 'chatcmpl-sample';
  if (!request.stream) {
    await sleep(firstTokenMs + tokenMs * (most - 1));
    const message = { role: 'assistant', content: tokens.join(' ') };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id, object: 'chat.completion', model, choices: [{ index: 0, message }] }));
    return;
  }
  /** @type {(delta: object, reason?: string | null) => void} */
  const send = (delta, reason = null) => {
    const choices = [{ index: 0, delta, finish_reason: reason }];
    response.write(`data: ${JSON.stringify({ id, object: 'chat.completion.chunk', model, choices })}\n\n`);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  // The first event says who speaks and nothing else, as in the real API: no content yet.
  send({ role: 'assistant', content: '' });
  const startMs = performance.now() + firstTokenMs;
  for (const [i, token] of tokens.entries()) {
    // From the plan and not from the last token, so that late timers do not add up.
    await sleep(Math.max(0, startMs + i * tokenMs - performance.now()));
    if (response.destroyed) return;
    send({ content: i === 0 ? token : ` ${token}` });
  }
  send({}, 'stop');
  response.end('data: [DONE]\n\n');
}
