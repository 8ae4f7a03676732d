import type { BuildFailure, Message } from 'esbuild';
import { formatCodeFrame, joinMessages } from './code-frame.ts';

/** Whether the bundler refused the script, in contrast to a fault of its own. */
export function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

/** The bundler's messages with the lines that they are about. */
export function formatBuildMessages(messages: readonly Message[]): string {
  return joinMessages(messages.map(formatBuildMessage));
}

function formatBuildMessage({ text, location }: Message): string {
  if (location === null) return text;
  const { file, line, lineText } = location;
  // The bundler counts bytes, editors count characters.
  const column = Buffer.from(lineText).subarray(0, location.column).toString().length + 1;
  return formatCodeFrame({ file, line, column, text, lineText });
}
