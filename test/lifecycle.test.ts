import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { findWorkers } from './support/find-workers.ts';
import { readSummary, runLoadts, startLoadts, writeScript } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;
const clean: (() => Promise<void>)[] = [];

beforeEach(async () => {
  api = createSampleApi();
  url = await api.listen();
});

afterEach(async () => {
  await api.close();
  for (const remove of clean.splice(0)) await remove();
});

/** A script with these hooks, and a user that asks for `/` with the data of setup as its name. */
async function writeHooks(hooks: string, waitSeconds = 0.2): Promise<string> {
  const script = await writeScript(`import { constant, HttpUser, task } from 'loadts';
${hooks}
export class Visitor extends HttpUser {
  waitTime = constant(${waitSeconds});
  @task async home() { await this.client.get('/', { name: JSON.stringify(this.data) ?? 'no data' }); }
}
`);
  clean.push(script.remove);
  return script.path;
}

const load = ['--headless', '-u', '4', '-r', 'all', '--processes', '2'];
const VISIT = `
const visit = (host: string, path: string) => fetch(host + path).then((res) => res.json());
export async function teardown({ host }) { await visit(host, '/status'); console.log('torn down'); }
`;

describe('--iterations', () => {
  it.each([
    ['1', '7'],
    ['3', '7'],
    ['1', '2000'],
    ['3', '2000'],
  ])('runs exactly that many with %s workers: %s', async (processes, iterations) => {
    const path = await writeHooks('', 0);
    const args = ['run', path, '--headless', '-u', '20', '-r', 'all', '--processes', processes];
    const { exitCode, stdout } = await runLoadts([...args, '-i', iterations, '-t', '60s', '-H', url]);
    expect(exitCode).toBe(0);
    expect(api.counts().total).toBe(Number(iterations));
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: Number(iterations), failures: 0 });
  });

  it('ends with the run time where that comes first, with a warning', async () => {
    const path = await writeHooks('', 0.5);
    const { stdout } = await runLoadts(['run', path, ...load, '-i', '100000', '-t', '1s', '-H', url]);
    expect(stdout).toContain('the run ended before all of its 100000 iterations had begun');
    expect(readSummary(stdout)['Aggregated']?.requests).toBe(api.counts().total);
  });

  it('goes on with the rest when a worker is lost, and says what is lost', async () => {
    const path = await writeHooks('', 0.05);
    const command = startLoadts(['run', path, ...load, '-i', '300', '-t', '60s', '-H', url]);
    await command.printed('    2s  running');
    process.kill((await findWorkers(command))[0] as number, 'SIGKILL');
    const { exitCode, stdout } = await command.finished;
    expect(exitCode).toBe(4);
    expect(stdout).toMatch(/worker \d: the \d+ iterations that it had left may be lost/);
    expect(api.counts().total).toBeLessThanOrEqual(300);
  });
});

describe('arguments of a script', () => {
  it('reach setup and every user, and secrets are not shown', async () => {
    const path = await writeHooks(`
export const args = { tenant: { default: 'a', choices: ['a', 'b'] }, size: { type: 'number' }, key: { secret: true } };
export const setup = ({ args }) => args;`);
    const given = ['--arg', 'tenant=b', '--arg', 'key=s3cret'];
    const command = ['run', path, ...load, '-i', '4', ...given, '-H', url];
    const { exitCode, stdout, stderr } = await runLoadts(command, { env: { LOADTS_ARG_SIZE: '7' } });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('tenant=b, size=7, key=***');
    expect(stderr).not.toContain('s3cret');
    expect(readSummary(stdout)['GET {"tenant":"b","size":7,"key":"s3cret"}']?.requests).toBe(4);
    const refused = await runLoadts(['run', path, ...load, '--arg', 'tenat=b', '--users', 'x', '-H', url]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('did you mean tenant?');
    expect(refused.stderr).toContain('--users: "x"');
  });
});

describe('setup and teardown', () => {
  it('run once a run, and the result of setup is the data of every user', async () => {
    const { exitCode, stdout } = await runLoadts([
      'run',
      'setup-and-data.ts',
      ...load,
      '-t',
      '2s',
      '-H',
      url,
    ]);
    const { requests } = api.counts();
    expect(exitCode).toBe(0);
    expect(requests['GET /users']).toBe(1);
    expect(requests['GET /status']).toBe(1);
    // Unmeasured: the report knows the requests of users only.
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: requests['POST /users'], failures: 0 });
  });

  it('nothing is run where setup throws, and the stack shows the line of the script', async () => {
    const path = await writeHooks(
      `${VISIT}\nexport async function setup() {\n  throw new Error('no database');\n}`,
    );
    const { exitCode, stderr, stdout } = await runLoadts(['run', path, ...load, '-t', '2s', '-H', url]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('setup() threw\nError: no database');
    expect(stderr).toMatch(/load\.ts:7:/);
    expect(stdout).toBe('');
    expect(api.counts().total).toBe(0);
  });

  it('nothing is run where setup returns no JSON', async () => {
    const path = await writeHooks('export const setup = () => ({ users: [new Map()] });');
    const { exitCode, stderr } = await runLoadts(['run', path, ...load, '-t', '2s', '-H', url]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('setup() returned something that is not JSON: the result.users[0] is Map(0) {}');
    expect(api.counts().total).toBe(0);
  });

  it('the run fails where teardown throws, with its report', async () => {
    const path = await writeHooks(`
export const setup = () => 'x';
export async function teardown({ data }) { throw new Error('cannot remove ' + data); }`);
    const { exitCode, stdout } = await runLoadts(['run', path, ...load, '-t', '1s', '-H', url]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('teardown() threw');
    expect(stdout).toContain('Error: cannot remove x');
    expect(readSummary(stdout)['GET "x"']?.requests).toBe(api.counts().total);
  });

  it('teardown runs after Ctrl-C', async () => {
    const path = await writeHooks(VISIT);
    const command = startLoadts(['run', path, ...load, '-H', url]);
    await command.printed('    2s  running');
    command.process.kill('SIGINT');
    const { exitCode, stdout } = await command.finished;
    expect(exitCode).toBe(0);
    expect(api.counts().requests['GET /status']).toBe(1);
    expect(readSummary(stdout)['GET no data']?.requests).toBe(api.counts().requests['GET /']);
  });

  it('teardown runs after a worker was lost', async () => {
    const path = await writeHooks(VISIT);
    const command = startLoadts(['run', path, ...load, '-t', '4s', '-H', url]);
    await command.printed('    2s  running');
    process.kill((await findWorkers(command))[0] as number, 'SIGKILL');
    expect((await command.finished).exitCode).toBe(4);
    expect(api.counts().requests['GET /status']).toBe(1);
  });

  it('Ctrl-C during setup aborts its signal and runs nothing, also where something is left behind', async () => {
    const path = await writeHooks(`${VISIT}
export async function setup({ signal }) {
  signal.addEventListener('abort', () => console.error('setup saw the end'));
  console.error('setup waits');
  await new Promise((resolve) => setTimeout(resolve, 600_000));
}`);
    const command = startLoadts(['run', path, ...load, '-H', url]);
    await command.printed('setup waits');
    command.process.kill('SIGINT');
    const { exitCode, stderr } = await command.finished;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('setup saw the end');
    expect(api.counts().total).toBe(0);
  });
});
