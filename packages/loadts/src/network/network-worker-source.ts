import { LoadtsError } from '@loadts/core';
import type { Master, MasterOptions } from '@loadts/master';
import type { Gathering, WorkerSource } from '../commands/worker-source.ts';
import type { MasterConfig } from '../config/network-config.ts';
import { describeJoinCommand } from './join-command.ts';

export interface NetworkWorkersOptions
  extends Pick<
    MasterConfig,
    'expectWorkers' | 'expectWorkersMaxWaitMs' | 'masterBindHost' | 'masterBindPort'
  > {
  readonly token: string;
  /** Whether nobody knows the token yet. */
  readonly isTokenNew: boolean;
  readonly tls: MasterOptions['tls'];
}

/** The workers that come to `loadts master` over the network. */
export class NetworkWorkerSource implements WorkerSource {
  readonly #options: NetworkWorkersOptions;
  #master: Master | undefined;

  constructor(options: NetworkWorkersOptions) {
    this.#options = options;
  }

  get isRefilled(): boolean {
    return true;
  }

  get count(): number {
    return this.#options.expectWorkers;
  }

  get host(): string {
    return this.#options.masterBindHost;
  }

  get port(): number {
    return this.#options.masterBindPort;
  }

  get token(): string {
    return this.#options.token;
  }

  get tls(): MasterOptions['tls'] {
    return this.#options.tls;
  }

  async gather({ master, logger, print, starting }: Gathering): Promise<void> {
    const { expectWorkers: expected, expectWorkersMaxWaitMs: maxWaitMs } = this.#options;
    this.#master = master;
    const port = await master.listen();
    if (this.#options.isTokenNew) print(this.#invite(port));
    let ready = 0;
    const tell = (): void => logger.info(`${ready} of ${expected} workers`);
    logger.info(`waiting for workers on ${this.host}:${port}`);
    tell();
    const timeout =
      maxWaitMs > 0 && setTimeout(() => starting.abort(createTimeout(ready, expected, maxWaitMs)), maxWaitMs);
    try {
      await master.waitForWorkers(expected, starting.signal, (count) => {
        ready = count;
        tell();
      });
    } finally {
      if (timeout) clearTimeout(timeout);
    }
  }

  /** Workers on other machines leave by themselves. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  kill(): void {
    this.#master?.dismiss();
  }

  #invite(port: number): string {
    const { masterBindHost: bindHost, token, tls } = this.#options;
    const command = describeJoinCommand({ bindHost, port, token, hasTls: tls !== undefined });
    return `Start workers with:\n  ${command}\n`;
  }
}

function createTimeout(ready: number, expected: number, maxWaitMs: number): LoadtsError {
  return new LoadtsError(
    'WORKERS_MISSING',
    `${ready} of ${expected} workers came within ${maxWaitMs / 1_000} s`,
    { hint: 'start the others, or wait longer with --expect-workers-max-wait' },
  );
}
