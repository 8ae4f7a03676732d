import { jsonAnswer } from './answer.mjs';
import { findModeProblems } from './mode.mjs';
import { parseJson } from './read-body.mjs';

/** @import { Answer } from './answer.mjs' */
/** @import { createMode } from './mode.mjs' */
/** @import { createRequestCounts } from './request-counts.mjs' */

/** Requests below it steer the API: they are never counted, slowed down or failed. */
export const CONTROL_PREFIX = '/_sample/';

const NOT_FOUND = jsonAnswer(404, {
  error: 'there are GET /_sample/counts, POST /_sample/reset and POST /_sample/mode',
});

/**
 * Answers the requests that steer the API.
 * @param {ReturnType<typeof createMode>} mode
 * @param {ReturnType<typeof createRequestCounts>} counts
 * @returns {(method: string, path: string, body: Buffer) => Answer}
 */
export function createControl(mode, counts) {
  return (method, path, body) => {
    switch (`${method} ${path}`) {
      case 'GET /_sample/counts':
        return jsonAnswer(200, counts.read());
      case 'POST /_sample/reset':
        counts.reset();
        mode.restart();
        return jsonAnswer(200, counts.read());
      case 'POST /_sample/mode':
        return changeMode(mode, parseJson(body));
      default:
        return NOT_FOUND;
    }
  };
}

/**
 * @param {ReturnType<typeof createMode>} mode
 * @param {unknown} wanted
 */
function changeMode(mode, wanted) {
  const problems = findModeProblems(wanted);
  if (problems.length > 0) return jsonAnswer(400, { error: problems.join('; ') });
  mode.change(/** @type {object} */ (wanted));
  return jsonAnswer(200, mode.read());
}
