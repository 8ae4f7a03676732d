/**
 * Numbers in rows, one row after the other.
 * @typedef {object} Matrix
 * @property {number} rows
 * @property {number} columns
 * @property {Float32Array} values
 */

/**
 * @param {number} rows
 * @param {number} columns
 * @returns {Matrix}
 */
export function createMatrix(rows, columns) {
  return { rows, columns, values: new Float32Array(rows * columns) };
}

/**
 * The product of a matrix and a weight matrix.
 * @param {Matrix} left
 * @param {Matrix} right
 * @returns {Matrix}
 */
export function multiply(left, right) {
  const product = createMatrix(left.rows, right.columns);
  for (let row = 0; row < left.rows; row++) {
    const target = row * right.columns;
    for (let inner = 0; inner < left.columns; inner++) {
      const factor = Number(left.values[row * left.columns + inner]);
      const source = inner * right.columns;
      for (let column = 0; column < right.columns; column++) {
        const added = factor * Number(right.values[source + column]);
        product.values[target + column] = Number(product.values[target + column]) + added;
      }
    }
  }
  return product;
}

/**
 * Adds the second to the first and makes every row of the sum have mean 0 and variance 1.
 * @param {Matrix} into
 * @param {Matrix} added
 */
export function addAndNormalize(into, added) {
  const { rows, columns, values } = into;
  for (let row = 0; row < rows; row++) {
    const one = values.subarray(row * columns, (row + 1) * columns);
    one.forEach((value, i) => {
      one[i] = value + Number(added.values[row * columns + i]);
    });
    const mean = one.reduce((sum, value) => sum + value, 0) / columns;
    const variance = one.reduce((sum, value) => sum + (value - mean) ** 2, 0) / columns;
    const scale = 1 / Math.sqrt(variance + 1e-5);
    one.forEach((value, i) => {
      one[i] = (value - mean) * scale;
    });
  }
}
