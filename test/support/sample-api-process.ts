import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../../examples/sample-api/server.mjs', import.meta.url));

export interface SampleApiProcess {
  readonly url: string;
  /** Stops it in its tracks: connections are accepted, nothing is answered. */
  freeze(): void;
  thaw(): void;
  /** Answered requests. */
  count(): Promise<number>;
  close(): Promise<void>;
}

/** The sample API in a process of its own. */
export async function startSampleApi(): Promise<SampleApiProcess> {
  const child = spawn(process.execPath, [SERVER, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const url = /http:\S+/.exec(line)?.[0] ?? '';
  return {
    url,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    async count() {
      const response = await fetch(`${url}/_sample/counts`);
      return ((await response.json()) as { total: number }).total;
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
