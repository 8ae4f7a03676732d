import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { API_IMAGE, LOADTS_IMAGE } from './images.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether containers can be started. */
    hasEngine: boolean;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

/** Builds the images of the checkout, where there is an engine that can. */
export async function setup(project: TestProject): Promise<void> {
  const hasEngine = await docker('version', '--format', '{{.Server.Version}}').then(
    () => true,
    () => false,
  );
  project.provide('hasEngine', hasEngine);
  if (hasEngine) return await buildImages();
  const reason = 'no Docker engine answers';
  if (process.env['CONTAINER_TESTS'] === 'required') throw new Error(`container tests: ${reason}`);
  process.stdout.write(`container tests are skipped: ${reason}\n`);
}

async function buildImages(): Promise<void> {
  const file = ['build', '--file', 'docker/Dockerfile'];
  await docker(...file, '--tag', LOADTS_IMAGE, '.');
  await docker(...file, '--target', 'sample-api', '--tag', API_IMAGE, '.');
}

async function docker(...args: readonly string[]): Promise<void> {
  await execute('docker', args, { cwd: ROOT, maxBuffer: 2 ** 26 });
}
