import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLoadts, writeScript } from './support/loadts.ts';

const USERS = 100;
const ITERATIONS = 1_000;
const WEIGHTS: Readonly<Record<string, number>> = { a: 1, b: 3, c: 6 };

const SCRIPT = `
import { between, HttpUser, StopUser, task } from 'loadts';

export class Chooser extends HttpUser {
  drawn = between(0, 1);
  choices: string[] = [];

  waitTime(context) {
    this.choices.push(this.drawn(context).toFixed(12));
    return 0;
  }

  async choose(name) {
    this.choices.push(name);
    if (this.choices.length < 2 * ${ITERATIONS} - 1) return;
    await this.client.post('/choices', { json: { user: this.ordinal, choices: this.choices } });
    throw new StopUser();
  }

  @task(1) a() { return this.choose('a'); }
  @task(3) b() { return this.choose('b'); }
  @task(6) c() { return this.choose('c'); }
}
`;

interface Choices {
  readonly user: number;
  readonly choices: readonly string[];
}

let script: Awaited<ReturnType<typeof writeScript>>;
let received: Choices[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    received.push(JSON.parse(body) as Choices);
    response.end();
  });
});

beforeAll(async () => {
  script = await writeScript(SCRIPT);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterAll(async () => {
  server.close();
  await script.remove();
});

/** What each user chose, tasks and waits in turn. */
async function choose(workers: number, seed: number): Promise<ReadonlyMap<number, readonly string[]>> {
  received = [];
  const host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const load = ['-u', `${USERS}`, '-r', 'all', '-i', `${USERS * ITERATIONS}`, '--seed', `${seed}`];
  const args = ['run', script.path, '--headless', '--only-summary', '-H', host, '--processes', `${workers}`];
  const { exitCode, stdout, stderr } = await runLoadts([...args, ...load]);
  expect({ exitCode, stdout, stderr }).toMatchObject({ exitCode: 0 });
  expect(received).toHaveLength(USERS);
  return new Map(received.sort((a, b) => a.user - b.user).map(({ user, choices }) => [user, choices]));
}

it('over 100,000 iterations, every user chooses the same with the same seed on 1 and on 4 workers, by the weights', async () => {
  const alone = await choose(1, 42);
  expect(await choose(4, 42)).toEqual(alone);
  expect(await choose(1, 43)).not.toEqual(alone);
  const tasks = [...alone.values()].flat().filter((choice) => choice in WEIGHTS);
  expect(tasks).toHaveLength(USERS * ITERATIONS);
  for (const [name, weight] of Object.entries(WEIGHTS)) {
    const expected = (tasks.length * weight) / 10;
    const deviation = Math.sqrt(expected * (1 - weight / 10));
    expect(Math.abs(tasks.filter((task) => task === name).length - expected)).toBeLessThan(5 * deviation);
  }
});
