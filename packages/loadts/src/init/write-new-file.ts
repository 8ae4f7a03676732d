import { writeFile } from 'node:fs/promises';

/** Writes a file unless something is there already. @returns whether it was written */
export async function writeNewFile(path: string, content: string): Promise<boolean> {
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
