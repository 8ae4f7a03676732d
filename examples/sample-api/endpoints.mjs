import { encodedAnswer, jsonAnswer } from './answer.mjs';
import { parseJson } from './read-body.mjs';

/** @import { Answer } from './answer.mjs' */

const GET_ANSWERS = new Map([
  ['/', jsonAnswer(200, { message: 'Welcome to the sample API' })],
  ['/users', jsonAnswer(200, { users: ['Ada', 'Grace', 'Linus'] })],
  ['/status', jsonAnswer(200, { status: 'healthy' })],
]);
const NOT_FOUND = jsonAnswer(404, { error: 'no such endpoint; there are /, /users and /status' });
const NO_USER = jsonAnswer(400, { error: 'send the new user as a JSON object, such as {"name":"Ada"}' });
const READ_ONLY = jsonAnswer(405, { error: 'only GET works here' }, ['Allow', 'GET, HEAD']);
const USERS_ONLY = jsonAnswer(405, { error: 'only GET and POST work here' }, ['Allow', 'GET, HEAD, POST']);

/**
 * What the API says. A created user is echoed and not kept, so that every run meets the same API.
 * @param {string} method
 * @param {string} path
 * @param {Buffer} body
 * @returns {Answer}
 */
export function answerFor(method, path, body) {
  const answer = GET_ANSWERS.get(path);
  if (answer === undefined) return NOT_FOUND;
  if (method === 'GET' || method === 'HEAD') return answer;
  if (path !== '/users') return READ_ONLY;
  return method === 'POST' ? createUser(body) : USERS_ONLY;
}

/** @param {Buffer} body */
function createUser(body) {
  const user = parseJson(body);
  const isObject = typeof user === 'object' && user !== null && !Array.isArray(user);
  return isObject ? encodedAnswer(201, body) : NO_USER;
}
