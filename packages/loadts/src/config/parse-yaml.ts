import { LineCounter, parseDocument } from 'yaml';
import { formatCodeFrame, joinMessages } from '../script/code-frame.ts';
import type { ConfigText } from './config-text.ts';

/** Reads YAML. `file` stands in messages. */
export function parseYaml(file: string, text: string): ConfigText {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter, logLevel: 'silent' });
  if (document.errors.length === 0) return convertYaml(file, () => document.toJS());
  const lines = text.split('\n');
  const frames = document.errors.map((error) => {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    const lineText = (lines[line - 1] ?? '').trimEnd();
    return formatCodeFrame({ file, line, column: col, text: error.message, lineText });
  });
  return { wrong: joinMessages(frames) };
}

/** A text without syntax errors can still hold an alias that stands for nothing. */
function convertYaml(file: string, convert: () => unknown): ConfigText {
  try {
    return { content: convert() };
  } catch (error) {
    return { wrong: `${file}: ${error instanceof Error ? error.message : String(error)}` };
  }
}
