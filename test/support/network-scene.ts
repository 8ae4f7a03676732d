import { setTimeout as delay } from 'node:timers/promises';
import { createSampleApi } from '../../examples/sample-api/sample-api.mjs';
import { findWorkers } from './find-workers.ts';
import { type FinishedCommand, type RunningCommand, readSummary, writeScript } from './loadts.ts';
import { createCluster } from './run-cluster.ts';
import { TcpProxy } from './tcp-proxy.ts';

/** A few requests a second, so that many clusters can share a machine. Every user says hello and goodbye. */
const CALM_SCRIPT = `
import { constant, HttpUser, task } from 'loadts';

const headers = { 'x-loadts-worker': String(process.pid) };

export class Visitor extends HttpUser {
  waitTime = constant(0.1);
  async onStart() { await this.client.post('/users', { json: { name: 'Ada' }, headers }); }
  async onStop() { await this.client.get('/status', { name: 'goodbye', headers }); }
  @task async look() { await this.client.get('/users', { headers }); }
}
`;

export const USERS = 6;
const SAMPLE_MS = 50;
const PATIENCE_MS = 40_000;

export interface SceneOptions {
  /** Workers beside the one behind the network; 1 unless given. */
  readonly beside?: number;
  readonly master?: readonly string[];
  /** How the target misbehaves. */
  readonly api?: Parameters<typeof createSampleApi>[0];
}

/** A master, a worker beside it, and one behind a network that fails, each in a process of its own. */
export interface Scene {
  readonly workers: number;
  readonly api: ReturnType<typeof createSampleApi>;
  readonly proxy: TcpProxy;
  readonly master: RunningCommand;
  /** The process of the worker behind the network. */
  readonly cutOffPid: number;
  readonly besidePid: number;
  /** The most users that the target ever saw at once, where each has said goodbye that ended. */
  mostUsers(): number;
  /** Ctrl-C for the master. */
  stop(): Promise<FinishedCommand>;
  close(): Promise<void>;
}

/** Starts all of them and the load. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const { master: masterOptions = [], api: mode, beside: others = 1 } = options;
  const [api, cluster, script] = [
    createSampleApi(mode),
    await createCluster(),
    await writeScript(CALM_SCRIPT),
  ];
  const proxy = new TcpProxy(cluster.port);
  const url = await api.listen();
  const load = ['-u', String(USERS), '-r', 'all', '-t', '120s', '--expect-workers', `${others + 1}`];
  const [beside, cutOff] = [
    cluster.worker('--processes', `${others}`),
    cluster.worker('--master-port', String(await proxy.listen())),
  ];
  const master = cluster.master(script.path, '-H', url, ...load, ...masterOptions);
  let most = 0;
  const sampling = setInterval(() => {
    const { requests } = api.counts();
    most = Math.max(most, (requests['POST /users'] ?? 0) - (requests['GET /status'] ?? 0));
  }, SAMPLE_MS);
  await master.printed('    2s  ');
  const [[besidePid = 0], [cutOffPid = 0]] = [await findWorkers(beside), await findWorkers(cutOff)];
  return {
    workers: others + 1,
    api,
    proxy,
    master,
    besidePid,
    cutOffPid,
    mostUsers: () => most,
    stop: () => {
      master.process.kill('SIGINT');
      return master.finished;
    },
    async close() {
      clearInterval(sampling);
      for (const pid of [besidePid, cutOffPid]) killHard(pid);
      await cluster.close();
      proxy.close();
      await api.close();
      await script.remove();
    },
  };
}

/** Every request of the target that the report counts. */
export function reported({ stdout }: FinishedCommand): number {
  return readSummary(stdout)['Aggregated']?.requests ?? 0;
}

export function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** Waits until this is true: `expect.poll` knows only one test at a time. @throws Error after a while */
export async function until(isTrue: () => boolean, what: string): Promise<void> {
  for (const startMs = Date.now(); !isTrue(); await delay(SAMPLE_MS)) {
    if (Date.now() - startMs > PATIENCE_MS) throw new Error(`in vain: ${what}`);
  }
}
