import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { LoadtsError, nearestName } from '@loadts/core';

const MAX_LISTED = 5;

/** A host with its port, as in `localhost:8000/status`. */
const LACKS_SCHEME = /^[\w.-]+:\d+(\/|$)/;

/**
 * The absolute path of a script; `script` may be relative to the working directory.
 * @throws LoadtsError `SCRIPT_NOT_FOUND` with scripts that are there instead.
 */
export async function findScript(script: string): Promise<string> {
  const path = resolve(script);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return path;
  const isFolder = found?.isDirectory() ?? false;
  const folder = isFolder ? path : dirname(path);
  const message = isFolder
    ? `the script ${script} is a folder (${path})`
    : `there is no script ${script} (looked for ${path})`;
  const scripts = await listScripts(folder);
  throw new LoadtsError('SCRIPT_NOT_FOUND', message, {
    hint: LACKS_SCHEME.test(script)
      ? `did you mean loadts run http://${script}?`
      : adviseScript(isFolder ? 'load.ts' : basename(path), folder, scripts),
  });
}

async function listScripts(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.[cm]?[jt]s$/.test(name) && !/\.d\.[cm]?ts$|\.config\./.test(name)).sort();
}

function adviseScript(wanted: string, folder: string, scripts: readonly string[]): string {
  const nearest = nearestName(stem(wanted), scripts.map(stem));
  const meant = scripts.find((name) => stem(name) === nearest);
  if (meant !== undefined) return `did you mean loadts run ${shortest(join(folder, meant))}?`;
  const general = 'write the path of your script: loadts run path/to/load.ts';
  if (scripts.length === 0) return general;
  const more = scripts.length > MAX_LISTED ? ', ...' : '';
  return `${general}; there are ${scripts.slice(0, MAX_LISTED).join(', ')}${more}`;
}

/** As a person at the working directory would write it. */
function shortest(path: string): string {
  const short = relative('.', path);
  return short.length < path.length ? short : path;
}

function stem(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}
