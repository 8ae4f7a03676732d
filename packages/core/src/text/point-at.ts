/** A text on a line of its own, and below it a caret under each of `offsets`. */
export function pointAt(text: string, offsets: readonly number[]): string {
  const last = Math.max(...offsets);
  const carets = Array.from({ length: last + 1 }, (_, column) => (offsets.includes(column) ? '^' : ' '));
  // A line break or a tab in the text would part it from its carets.
  return `  ${text.replaceAll(/\s/g, ' ')}\n  ${carets.join('')}`;
}
