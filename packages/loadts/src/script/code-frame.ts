/** A place in a file and what is wrong there. */
export interface CodeFrame {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in characters. */
  readonly column: number;
  readonly text: string;
  readonly lineText: string;
}

const MAX_FRAMES = 10;
const MAX_LINE = 100;

/** `file:line:column: text`, then the line itself with a caret below the column. */
export function formatCodeFrame({ file, line, column, text, lineText }: CodeFrame): string {
  // Of a long line, such as minified code, only what is around the column helps.
  const start = lineText.length > MAX_LINE ? Math.max(0, column - 1 - MAX_LINE / 2) : 0;
  const shown = lineText.slice(start, start + MAX_LINE);
  // Tabs stay tabs, so that the caret stands below its character at any tab width.
  const indent = shown.slice(0, column - 1 - start).replaceAll(/[^\t]/g, ' ');
  return `${file}:${line}:${column}: ${text}\n    ${shown}\n    ${indent}^`;
}

/** The first ten messages, and how many more there are. */
export function joinMessages(messages: readonly string[]): string {
  const rest = messages.length - MAX_FRAMES;
  const shown = messages.slice(0, MAX_FRAMES);
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}
