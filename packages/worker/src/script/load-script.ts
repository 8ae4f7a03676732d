import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { LoadtsError } from '@loadts/core';

/** A script with all that it imports, in one ES module that still imports `loadts` by name. */
export interface ScriptCode {
  readonly code: string;
  /** SHA-256 of the code, in hex. */
  readonly hash: string;
}

const LOADTS_IMPORT = /(\bfrom\s*|\bimport\s*\(?\s*)(["'])loadts\2/g;

/**
 * Runs a script's module and returns its exports.
 * @param apiUrl the module that the script's import of `loadts` means
 * @throws LoadtsError `SCRIPT_LOAD_FAILED` for a wrong hash, or with the script's own exception as its cause.
 */
export async function loadScript(script: ScriptCode, apiUrl: string): Promise<Record<string, unknown>> {
  const hash = createHash('sha256').update(script.code).digest('hex');
  if (hash !== script.hash) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `the script arrived with hash ${hash}, not ${script.hash}`);
  }
  process.setSourceMapsEnabled(true);
  // A file of our own: a data: URL could not import other modules, and would make unreadable stack traces.
  const folder = await mkdtemp(join(tmpdir(), 'loadts-')).catch(explainNoFolder);
  const file = join(folder, 'script.mjs');
  try {
    await writeFile(file, pointToApi(script.code, apiUrl), { mode: 0o600 });
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (cause) {
    if (cause instanceof LoadtsError) throw cause;
    const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `the script threw while it was loaded\n${text}`, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function explainNoFolder(cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new LoadtsError('SCRIPT_LOAD_FAILED', `the script has no place to be loaded from: ${reason}`, {
    hint: 'set TMPDIR to a folder that can be written, such as /dev/shm',
    cause,
  });
}

function pointToApi(code: string, apiUrl: string): string {
  // A function, since a path may hold what means something in a replacement text.
  return code.replace(LOADTS_IMPORT, (_, keyword: string) => keyword + JSON.stringify(apiUrl));
}
