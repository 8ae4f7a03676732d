import { transform } from 'esbuild';
import { LineCounter, parseDocument } from 'yaml';
import { formatBuildMessages, isBuildFailure } from '../script/build-message.ts';
import { formatCodeFrame, joinMessages } from '../script/code-frame.ts';

/** What a text holds, or what is wrong with it and where. */
export type ConfigText = { readonly content: unknown } | { readonly wrong: string };

/** Reads JSON. `file` stands in messages. */
export async function parseJson(file: string, text: string): Promise<ConfigText> {
  const json = text.replace(/^\uFEFF/, '');
  try {
    return { content: JSON.parse(json) };
  } catch (error) {
    // Node's own message has no line; the bundler's has.
    const messages = await findJsonErrors(file, json);
    return { wrong: messages ?? `${file}: ${String(error)}` };
  }
}

async function findJsonErrors(file: string, json: string): Promise<string | undefined> {
  try {
    await transform(json, { loader: 'json', sourcefile: file, logLevel: 'silent' });
    return undefined;
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return formatBuildMessages(error.errors);
  }
}

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
