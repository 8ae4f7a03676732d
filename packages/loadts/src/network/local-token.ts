import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { LoadtsError } from '@loadts/core';

/**
 * A token in a file that only this user can read, made by whoever needs it first: master and workers on one machine
 * need no token to be typed, and still no other user's program can send a worker its script.
 * @throws LoadtsError `CONFIG_INVALID` where there is no place for it
 */
export async function readLocalToken(home: string = homedir()): Promise<string> {
  const folder = join(home, '.loadts');
  const path = join(folder, 'local-token');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return (await readExisting(path)) ?? (await create(path));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LoadtsError(
      'CONFIG_INVALID',
      `no token was given, and none can be kept at ${path}: ${reason}`,
      {
        hint: 'give the master and its workers the same --token, or LOADTS_TOKEN',
        cause,
      },
    );
  }
}

async function readExisting(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim() || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Several processes may be the first at once: the file appears complete, and the first one stays. */
async function create(path: string): Promise<string> {
  const own = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(own, randomBytes(32).toString('hex'), { mode: 0o600 });
  await link(own, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(own);
  return (await readFile(path, 'utf8')).trim();
}
