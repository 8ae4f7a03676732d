import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { BUNDLE_CHUNK_BYTES, MAX_GREETING_BYTES, MAX_MESSAGE_BYTES, PACKAGE_VERSION } from './version.ts';

const PACKAGES = new URL('../../', import.meta.url);

describe('PACKAGE_VERSION', () => {
  it('is the version of every package', async () => {
    const names = await readdir(PACKAGES);
    const versions = await Promise.all(names.map(readVersion));
    expect(names.length).toBeGreaterThanOrEqual(6);
    expect(versions).toEqual(names.map(() => PACKAGE_VERSION));
  });
});

describe('the limits', () => {
  it('let a part of a bundle through, with room for what is around it', () => {
    expect(BUNDLE_CHUNK_BYTES + MAX_GREETING_BYTES).toBeLessThan(MAX_MESSAGE_BYTES);
  });
});

async function readVersion(name: string): Promise<unknown> {
  const text = await readFile(new URL(`${name}/package.json`, PACKAGES), 'utf8');
  return (JSON.parse(text) as { readonly version?: unknown }).version;
}
