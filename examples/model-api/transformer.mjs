import { addAndNormalize, createMatrix, multiply } from './matrix.mjs';
import { createRandom } from './random.mjs';

/** @import { Matrix } from './matrix.mjs' */

/** As many as all-MiniLM-L6-v2 has, so that the same checks fit both services. */
export const DIMENSIONS = 384;
export const MODEL_NAME = 'tiny-transformer';

const SEED = 20_240_607;
const LAYERS = 2;
const HIDDEN = 64;
const VOCABULARY = 4_096;
const MAX_TOKENS = 64;

/** @typedef {{ query: Matrix, key: Matrix, value: Matrix, output: Matrix, up: Matrix, down: Matrix }} Layer */

/**
 * A transformer encoder with random weights: what it says means nothing, but what it costs grows with the number and
 * the length of the texts as it does in a real one. The same text has the same embedding, at every start.
 * @returns {(text: string) => number[]} an embedding of length 1
 */
export function createTransformer() {
  const random = createRandom(SEED);
  /** @type {(rows: number, columns: number) => Matrix} */
  const weights = (rows, columns) => {
    const matrix = createMatrix(rows, columns);
    const scale = 1 / Math.sqrt(rows);
    matrix.values.forEach((_, i) => {
      matrix.values[i] = (random() * 2 - 1) * scale;
    });
    return matrix;
  };
  const words = weights(VOCABULARY, HIDDEN);
  const layers = Array.from({ length: LAYERS }, () => ({
    query: weights(HIDDEN, HIDDEN),
    key: weights(HIDDEN, HIDDEN),
    value: weights(HIDDEN, HIDDEN),
    output: weights(HIDDEN, HIDDEN),
    up: weights(HIDDEN, 4 * HIDDEN),
    down: weights(4 * HIDDEN, HIDDEN),
  }));
  const projection = weights(HIDDEN, DIMENSIONS);

  return (text) => {
    const tokens = readTokens(text);
    const states = createMatrix(tokens.length, HIDDEN);
    tokens.forEach((token, i) => {
      states.values.set(words.values.subarray(token * HIDDEN, (token + 1) * HIDDEN), i * HIDDEN);
    });
    for (const layer of layers) passThrough(states, layer);
    return normalize(multiply(meanRow(states), projection).values);
  };
}

/**
 * Each word is one token: its hash.
 * @param {string} text
 * @returns {number[]} at least one
 */
function readTokens(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [''];
  return words.slice(0, MAX_TOKENS).map((word) => {
    let hash = 0x811c9dc5;
    for (const letter of word)
      hash = Math.imul(hash ^ /** @type {number} */ (letter.codePointAt(0)), 0x01000193);
    return (hash >>> 0) % VOCABULARY;
  });
}

/**
 * Self-attention and the two layers behind it, in place.
 * @param {Matrix} states
 * @param {Layer} layer
 */
function passThrough(states, { query, key, value, output, up, down }) {
  const attended = attend(multiply(states, query), multiply(states, key), multiply(states, value));
  addAndNormalize(states, multiply(attended, output));
  const wide = multiply(states, up);
  wide.values.forEach((number, i) => {
    wide.values[i] = Math.max(0, number);
  });
  addAndNormalize(states, multiply(wide, down));
}

/**
 * Every token's mix of all values, by how well its query fits their keys.
 * @param {Matrix} queries
 * @param {Matrix} keys
 * @param {Matrix} values
 */
function attend(queries, keys, values) {
  const { rows, columns } = queries;
  const shares = createMatrix(rows, rows);
  for (let to = 0; to < rows; to++) {
    let total = 0;
    for (let from = 0; from < rows; from++) {
      let fit = 0;
      for (let i = 0; i < columns; i++) {
        fit += Number(queries.values[to * columns + i]) * Number(keys.values[from * columns + i]);
      }
      const share = Math.exp(fit / Math.sqrt(columns));
      shares.values[to * rows + from] = share;
      total += share;
    }
    const row = shares.values.subarray(to * rows, (to + 1) * rows);
    row.forEach((share, from) => {
      row[from] = share / total;
    });
  }
  return multiply(shares, values);
}

/** @param {Matrix} matrix */
function meanRow({ rows, columns, values }) {
  const mean = createMatrix(1, columns);
  values.forEach((value, i) => {
    mean.values[i % columns] = Number(mean.values[i % columns]) + value / rows;
  });
  return mean;
}

/** @param {Float32Array} vector */
function normalize(vector) {
  const length = Math.hypot(...vector);
  return Array.from(vector, (value) => Number((value / length).toFixed(6)));
}
