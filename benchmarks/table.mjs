/**
 * Median, with the least and the greatest value behind it.
 * @param {readonly number[]} values
 * @param {number} [digits]
 */
export function formatSpread(values, digits = 2) {
  const sorted = [...values].sort((a, b) => a - b);
  const [least = Number.NaN, greatest = Number.NaN] = [sorted[0], sorted.at(-1)];
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)} - ${greatest.toFixed(digits)})`;
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/**
 * Prints rows under a heading, columns aligned: the first left, the others right.
 * @param {readonly (readonly string[])[]} rows the first holds the columns' names
 */
export function printTable(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    console.log(cells.join('   ').trimEnd());
  }
}
