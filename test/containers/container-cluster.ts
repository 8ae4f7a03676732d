import { randomBytes } from 'node:crypto';
import {
  GenericContainer,
  Network,
  type StartedNetwork,
  type StartedTestContainer,
  Wait,
} from 'testcontainers';
import { vi } from 'vitest';
import { docker } from './docker.ts';
import { API_IMAGE, LOADTS_IMAGE } from './images.ts';

const API_PORT = 8_000;
const PATIENCE_MS = 30_000;

/** Users at a steady rate, whose requests tell the container that sent them. */
const SCRIPT = `
import { hostname } from 'node:os';
import { constantThroughput, HttpUser, task } from 'loadts';

export class Steady extends HttpUser {
  waitTime = constantThroughput(15);

  @task
  async openHome() {
    await this.client.get('/', { name: hostname(), headers: { 'x-loadts-worker': hostname() } });
  }
}
`;

/** What the sample API says of itself. */
export interface ApiCounts {
  readonly total: number;
  /** By the name of the container. */
  readonly workers: Readonly<Record<string, number>>;
}

export interface LoadtsContainer {
  readonly id: string;
  /** As the script knows it. */
  readonly hostname: string;
  /** All that it has printed so far. */
  output(): string;
  /** Resolves when it has printed this. */
  printed(wanted: string): Promise<void>;
  /** Resolves with the exit code. */
  ended(): Promise<number>;
}

/** A target, a master and workers in containers. Workers reach the master over one network and the target over another. */
export class ContainerCluster {
  readonly #control: StartedNetwork;
  readonly #target: StartedNetwork;
  readonly #token: string = randomBytes(16).toString('hex');
  readonly #opened: { stop(): Promise<unknown> }[];
  readonly #api: StartedTestContainer;

  private constructor(
    api: StartedTestContainer,
    networks: { control: StartedNetwork; target: StartedNetwork },
  ) {
    this.#api = api;
    this.#control = networks.control;
    this.#target = networks.target;
    this.#opened = [networks.control, networks.target, api];
  }

  static async start(): Promise<ContainerCluster> {
    const [control, target] = [await new Network().start(), await new Network().start()];
    const api = await new GenericContainer(API_IMAGE)
      .withNetwork(target)
      .withNetworkAliases('sample-api')
      .withExposedPorts(API_PORT)
      .withWaitStrategy(Wait.forLogMessage('sample API on'))
      .start();
    return new ContainerCluster(api, { control, target });
  }

  /** The network on which the target is `sample-api:8000`. */
  get target(): string {
    return this.#target.getName();
  }

  /** The volume that the master has at `/reports`. */
  get reports(): string {
    return this.#control.getName();
  }

  async counts(): Promise<ApiCounts> {
    const url = `http://${this.#api.getHost()}:${this.#api.getMappedPort(API_PORT)}/_sample/counts`;
    return (await (await fetch(url)).json()) as ApiCounts;
  }

  /** A master, awaited until it listens. */
  async master(...options: readonly string[]): Promise<LoadtsContainer> {
    const load = ['-H', `http://sample-api:${API_PORT}`, '-u', '6', '-r', 'all', '--headless'];
    return await this.#start(['master', '/scripts/load.ts', ...load, ...options], {
      networks: [this.#control],
      until: 'waiting for workers',
    });
  }

  async worker(): Promise<LoadtsContainer> {
    return await this.#start(['worker', '--master-host', 'master'], {
      // The target first: who has found the master is ready.
      networks: [this.#target, this.#control],
      until: 'waiting for the master',
    });
  }

  /** Cuts a worker off from its master, not from the target. */
  async disconnect(worker: LoadtsContainer): Promise<void> {
    await docker('network', 'disconnect', this.#control.getName(), worker.id);
  }

  async reconnect(worker: LoadtsContainer): Promise<void> {
    await docker('network', 'connect', this.#control.getName(), worker.id);
  }

  async close(): Promise<void> {
    for (const opened of this.#opened.toReversed()) await opened.stop();
    await docker('volume', 'rm', '--force', this.reports);
  }

  async #start(
    command: readonly string[],
    {
      networks,
      until,
    }: { readonly networks: readonly [StartedNetwork, ...StartedNetwork[]]; readonly until: string },
  ): Promise<LoadtsContainer> {
    let text = '';
    const [first, ...others] = networks;
    const container = await new GenericContainer(LOADTS_IMAGE)
      .withNetwork(first)
      .withNetworkAliases(command[0] ?? '')
      .withEnvironment({ LOADTS_TOKEN: this.#token, LOADTS_MASTER_BIND_HOST: '0.0.0.0' })
      .withCopyContentToContainer([{ content: SCRIPT, target: '/scripts/load.ts', mode: 0o444 }])
      .withBindMounts(command[0] === 'master' ? [{ source: this.reports, target: '/reports' }] : [])
      .withCommand([...command])
      .withDroppedCapabilities('ALL')
      .withLogConsumer((stream) => stream.on('data', (line: Buffer) => (text += line)))
      .withWaitStrategy(Wait.forLogMessage(until))
      .start();
    this.#opened.push(container);
    const id = container.getId();
    for (const network of others) await docker('network', 'connect', network.getName(), id);
    return {
      id,
      hostname: id.slice(0, 12),
      output: () => text,
      printed: (wanted) =>
        vi.waitFor(
          () => {
            if (!text.includes(wanted)) throw new Error(`has not printed ${wanted} but\n${text}`);
          },
          { timeout: PATIENCE_MS, interval: 100 },
        ),
      ended: async () => Number(await docker('wait', id)),
    };
  }
}
