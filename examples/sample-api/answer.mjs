/**
 * A response that is made once and sent many times.
 * @typedef {object} Answer
 * @property {number} status
 * @property {string[]} headers names and values in turn, the form that `writeHead` takes without copying
 * @property {string | Buffer} body JSON; Node sends a string in one piece with the headers, a Buffer in two
 */

/**
 * @param {number} status
 * @param {unknown} value
 * @param {string[]} extraHeaders
 * @returns {Answer}
 */
export function jsonAnswer(status, value, extraHeaders = []) {
  return encodedAnswer(status, JSON.stringify(value), extraHeaders);
}

/**
 * @param {number} status
 * @param {string | Buffer} body what is JSON already
 * @param {string[]} extraHeaders
 * @returns {Answer}
 */
export function encodedAnswer(status, body, extraHeaders = []) {
  const length = String(Buffer.byteLength(body));
  const headers = ['Content-Type', 'application/json', 'Content-Length', length, ...extraHeaders];
  return { status, headers, body };
}
