import { transform } from 'esbuild';
import { formatBuildMessages, isBuildFailure } from '../script/build-message.ts';

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
