import { once } from 'node:events';
import { createServer } from 'node:net';

const TRIES = 20;

/** The next port after this one that nothing has; undefined where the next ones are all taken. */
export async function findFreePort(host: string, taken: number): Promise<number | undefined> {
  for (let port = taken + 1; port <= Math.min(65_535, taken + TRIES); port++) {
    if (await isFree(host, port)) return port;
  }
  return undefined;
}

async function isFree(host: string, port: number): Promise<boolean> {
  const probe = createServer();
  try {
    await once(probe.listen(port, host), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
