import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { LoadtsError } from '@loadts/core';
import { type BuildOptions, build, type OutputFile, stop } from 'esbuild';
import { formatBuildMessages, isBuildFailure } from './build-message.ts';
import { externalApi } from './external-api.ts';
import { findScript } from './find-script.ts';
import { portableModule } from './portable-module.ts';

/** A script that stands in no file. */
export interface ScriptText {
  /** Stands for its file in stack traces. */
  readonly name: string;
  readonly code: string;
}

/** A script and all its imports as one ES module, which runs on any machine. */
export interface ScriptBundle {
  /** Imports the API as `loadts`, for whoever loads it to replace. Ends with its source map. */
  readonly code: string;
  /** SHA-256 of the code, in hexadecimal digits. */
  readonly hash: string;
  /** The absolute path of the script. */
  readonly path: string;
}

type Entry = Pick<BuildOptions, 'entryPoints' | 'stdin'>;

const BUILD_OPTIONS = {
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Reports name classes as the script does.
  keepNames: true,
  sourcemap: 'external',
  sourcesContent: true,
  loader: { '.csv': 'text', '.pem': 'text' },
  logLevel: 'silent',
} as const satisfies BuildOptions;

/**
 * Bundles a script with all that it imports. A relative path starts at the working directory.
 * @throws LoadtsError `SCRIPT_NOT_FOUND`, or `SCRIPT_BUILD_FAILED` with the lines that are wrong.
 */
export async function bundleScript(script: string): Promise<ScriptBundle> {
  const path = await findScript(script);
  return bundle(path, { entryPoints: [path] });
}

/** Bundles a script that was made up; its imports start at the working directory. */
export function bundleText({ name, code }: ScriptText): Promise<ScriptBundle> {
  const path = resolve(name);
  return bundle(path, {
    stdin: { contents: code, sourcefile: path, resolveDir: dirname(path), loader: 'ts' },
  });
}

async function bundle(path: string, entry: Entry): Promise<ScriptBundle> {
  const folder = dirname(path);
  const files = await runBuild(entry, folder);
  const textOf = (extension: string): string =>
    files.find((file) => file.path.endsWith(extension))?.text ?? '';
  const code = portableModule({ code: textOf('.mjs'), sourceMap: textOf('.map'), folder });
  return { code, hash: createHash('sha256').update(code).digest('hex'), path };
}

async function runBuild(entry: Entry, folder: string): Promise<OutputFile[]> {
  try {
    // Never written: the name only makes the paths in the source map relative to the folder.
    const outfile = join(folder, 'bundle.mjs');
    const result = await build({ ...BUILD_OPTIONS, ...entry, plugins: [externalApi], outfile });
    return result.outputFiles;
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const unresolved = error.errors.some(({ text }) => text.startsWith('Could not resolve'));
    throw new LoadtsError('SCRIPT_BUILD_FAILED', formatBuildMessages(error.errors), {
      hint: unresolved
        ? 'check the path of the import, or install the package beside the script'
        : 'correct the script and run it again',
    });
  }
}

/** Ends the bundler's own process, which would otherwise outlast the last bundle. */
export async function stopBundler(): Promise<void> {
  await stop();
}
