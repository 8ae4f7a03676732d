import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findWorkers } from './support/find-workers.ts';
import { readSummary, runLoadts, startLoadts, writeScript } from './support/loadts.ts';

let server: Server;
let url: string;
/** How often each row was used, by its id. */
let used: Map<string, number>;
const clean: (() => Promise<void>)[] = [];

beforeEach(async () => {
  used = new Map();
  server = createServer((request, response) => {
    const id = request.url?.slice(1) ?? '';
    used.set(id, (used.get(id) ?? 0) + 1);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  for (const remove of clean.splice(0)) await remove();
});

const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i + 1));

/** A script whose users get the rows 1 to `rows` of a file, and ask for the path that each names. */
async function writeFed(rows: number, options: string, waitSeconds = 0): Promise<string> {
  const script = await writeScript(`import { constant, csv, HttpUser, task } from 'loadts';
const rows = csv<{ id: string; name: string }>('users.csv', ${options});
export class Visitor extends HttpUser {
  waitTime = constant(${waitSeconds});
  @task async use() {
    const { id, name } = await rows.next();
    if (name !== 'user, "' + id + '"') throw new Error(name);
    await this.client.get('/' + id, { name: 'row' });
  }
}
`);
  clean.push(script.remove);
  const lines = ids(rows).map((id) => `${id},"user, ""${id}"""\r\n`);
  await writeFile(join(script.folder, 'users.csv'), `\uFEFFid,name\r\n${lines.join('')}`);
  return script.path;
}

const run = (path: string, ...args: readonly string[]): string[] => [
  'run',
  path,
  '--headless',
  '-r',
  'all',
  '-H',
  url,
  ...args,
];

describe('unique rows', () => {
  it('are all used, each once, over all workers, and the run ends with them', async () => {
    const path = await writeFed(5_000, "{ order: 'unique', onEnd: 'stop' }");
    const { exitCode, stdout } = await runLoadts(run(path, '-u', '12', '--processes', '3'));
    expect(exitCode).toBe(0);
    expect([...used.keys()].sort()).toEqual(ids(5_000).sort());
    expect(Math.max(...used.values())).toBe(1);
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: 5_000, failures: 0 });
  });

  it('end an open run, however many arrivals are still to come', async () => {
    const path = await writeFed(300, "{ order: 'unique', onEnd: 'stop' }");
    const { exitCode, stdout } = await runLoadts([
      'run',
      path,
      '--headless',
      '-H',
      url,
      '--rate',
      '150',
      '-t',
      '60s',
      '--processes',
      '2',
    ]);
    expect(exitCode).toBe(0);
    expect([...used.keys()].sort()).toEqual(ids(300).sort());
    expect(Math.max(...used.values())).toBe(1);
    expect(readSummary(stdout)['GET row']).toEqual({ requests: 300, failures: 0 });
    expect(stdout).toMatch(/^[\d.]+s from /m);
  });

  it('reach exactly as many users as there are', async () => {
    const path = await writeFed(20, "{ order: 'unique' }", 60);
    const { exitCode } = await runLoadts(run(path, '-u', '20', '--processes', '3', '-t', '2s'));
    expect(exitCode).toBe(0);
    expect([...used.keys()].sort()).toEqual(ids(20).sort());
  });

  it('are used at most once when a worker is killed, and the report names the rows that are lost', async () => {
    const path = await writeFed(10_000, "{ order: 'unique', onEnd: 'stop' }", 0.005);
    const command = startLoadts(run(path, '-u', '12', '--processes', '3', '-t', '60s'));
    await command.printed('    2s  running');
    process.kill((await findWorkers(command))[0] as number, 'SIGKILL');
    const { exitCode, stdout } = await command.finished;
    expect(exitCode).toBe(4);
    expect(Math.max(...used.values())).toBe(1);
    const text = stdout.replaceAll(/\s+/g, ' ');
    const [, ranges = ''] =
      /worker \d: rows ([\d to and]+) of users\.csv were leased to it: some/.exec(text) ?? [];
    const lost = [...ranges.matchAll(/(\d+) to (\d+)/g)].map(
      ([, from, to]) => [Number(from), Number(to)] as const,
    );
    expect(lost.length).toBeGreaterThan(0);
    const isLost = (id: string): boolean => lost.some(([from, to]) => from <= Number(id) && Number(id) <= to);
    const missing = ids(10_000).filter((id) => !used.has(id) && !isLost(id));
    // What its four users were at: they had a row each and no answer yet.
    expect(missing.length).toBeLessThanOrEqual(4);
  });
});

describe('the end of the rows', () => {
  it('is an exception where that is asked for', async () => {
    const path = await writeFed(10, "{ onEnd: 'fail' }", 0.1);
    const { exitCode, stdout } = await runLoadts(run(path, '-u', '4', '--processes', '2', '-t', '2s'));
    expect(exitCode).toBe(1);
    expect([...used.keys()].sort()).toEqual(ids(10).sort());
    expect(stdout).toContain('no row of users.csv is left');
  });

  it('is none where rows wrap: each is used as often as the others', async () => {
    const path = await writeFed(10, '{}');
    const { exitCode } = await runLoadts(run(path, '-u', '4', '--processes', '1', '-i', '1000'));
    expect(exitCode).toBe(0);
    expect([...used.values()]).toEqual(ids(10).map(() => 100));
  });
});

describe('what is wrong with feeders', () => {
  it('is reported before the run, with lines, all at once', async () => {
    const script = await writeScript(`import { csv, HttpUser, json, jsonl, task } from 'loadts';
csv('ragged.csv', { order: 'unique', onEnd: 'wrap' });
json('nothing.json');
jsonl('lines.jsonl');
export class Visitor extends HttpUser { @task async use() { await this.client.get('/'); } }
`);
    clean.push(script.remove);
    await writeFile(join(script.folder, 'ragged.csv'), 'a,b\n1,2\n3\n');
    await writeFile(join(script.folder, 'lines.jsonl'), '1\n{\n');
    const { exitCode, stderr, stdout } = await runLoadts(run(script.path, '-t', '1s'));
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain("csv('ragged.csv'): unique rows cannot wrap");
    expect(stderr).toContain('ragged.csv: line 3: 1 value for 2 columns');
    expect(stderr).toContain(
      `nothing.json: there is no such file (looked for ${join(script.folder, 'nothing.json')})`,
    );
    expect(stderr).toContain('lines.jsonl: line 2: no JSON');
    expect(used.size).toBe(0);
  });

  it('is an exception where a task declares one, and an error where setup asks for a row', async () => {
    const script = await writeScript(`import { csv, HttpUser, task } from 'loadts';
export class Visitor extends HttpUser {
  @task async use() { await this.client.get('/'); csv('a.csv'); }
}
`);
    clean.push(script.remove);
    const { exitCode, stdout } = await runLoadts(run(script.path, '-i', '1', '--processes', '1'));
    expect(exitCode).toBe(1);
    expect(stdout).toContain("csv('a.csv') was called after the script was loaded");
    const path = await writeFed(1, '{}');
    await writeFile(
      path,
      "import { csv, User, task } from 'loadts';\nconst rows = csv('users.csv');\nexport const setup = () => rows.next();\nexport class U extends User { @task idle() {} }\n",
    );
    const refused = await runLoadts(run(path, '-t', '1s'));
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('next() of users.csv was called where there are no rows');
  });
});
