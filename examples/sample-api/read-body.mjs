/** @import { IncomingMessage } from 'node:http' */

const MAX_BYTES = 1_048_576;

/**
 * Whether the request announces a body. Where it does not, it is complete with its headers.
 * @param {IncomingMessage} request
 */
export function hasBody({ headers }) {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/**
 * Calls back once the whole body is there; never, if the connection ends before.
 * @param {IncomingMessage} request
 * @param {(body: Buffer | undefined) => void} onBody gets undefined for a body of more than 1 MiB
 */
export function readBody(request, onBody) {
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  request.on('data', (/** @type {Buffer} */ chunk) => {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  });
  request.on('end', () => onBody(size <= MAX_BYTES ? Buffer.concat(chunks) : undefined));
}

/**
 * @param {Buffer} body
 * @returns {unknown} undefined where the body is not JSON
 */
export function parseJson(body) {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
