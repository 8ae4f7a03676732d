/** On one line, although the parser of Node.js quotes what it did not understand. */
export function describeJsonError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `no JSON: ${text.replaceAll(/\s+/g, ' ')}`;
}
