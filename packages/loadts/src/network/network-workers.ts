import type { ChildProcess } from 'node:child_process';
import { LoadtsError } from '@loadts/core';
import type { Logger } from 'pino';
import { forkWorker, waitForExit } from '../local-workers/fork-worker.ts';
import { LEAVE, type WorkerNews, type WorkerOrder } from '../local-workers/worker-order.ts';

export interface NetworkWorkersOptions {
  readonly count: number;
  readonly order: WorkerOrder;
  readonly logger: Logger;
}

/** The processes of one `loadts worker`: each joins the master as a worker of its own. */
export class NetworkWorkers {
  readonly #options: NetworkWorkersOptions;
  readonly #children: ChildProcess[];
  #problem: LoadtsError | undefined;
  #killed = false;
  #lastNews = '';

  constructor(options: NetworkWorkersOptions) {
    this.#options = options;
    this.#children = Array.from({ length: options.count }, () => {
      const child = forkWorker();
      child.on('message', (news: WorkerNews) => this.#take(child, news));
      child.once('exit', (code, signal) => this.#noteExit(child, signal ?? `code ${code}`));
      child.send(options.order);
      return child;
    });
  }

  /** Resolves when all have left. @throws LoadtsError why they could not take part */
  async run(): Promise<void> {
    await Promise.all(this.#children.map(waitForExit));
    if (this.#problem && !this.#killed) throw this.#problem;
  }

  /** Their users finish, they deliver what they have and leave. */
  leave(): void {
    for (const child of this.#children) if (child.connected) child.send(LEAVE);
  }

  kill(): void {
    this.#killed = true;
    for (const child of this.#children) child.kill('SIGKILL');
  }

  #take(child: ChildProcess, news: WorkerNews): void {
    const { logger, order } = this.#options;
    if (news.type === 'joined') {
      this.#lastNews = '';
      logger.info({ worker: news.workerId }, `joined ${order.masterUrl} as process ${child.pid}`);
    } else if (news.type === 'waiting') {
      const text = `waiting for the master at ${order.masterUrl}: ${news.reason}`;
      // All processes wait for the same.
      if (text !== this.#lastNews) logger.info(text);
      this.#lastNews = text;
    } else {
      this.#fail(news);
    }
  }

  /** What one of them was refused for, the others are too. */
  #fail({ message, hint }: Extract<WorkerNews, { type: 'failed' }>): void {
    this.#problem ??= new LoadtsError('HANDSHAKE_REFUSED', message, hint === undefined ? {} : { hint });
    this.leave();
  }

  #noteExit(child: ChildProcess, how: string): void {
    if (how === 'code 0' || this.#killed || this.#problem) return;
    const text = `worker process ${child.pid} ended with ${how}`;
    this.#options.logger.error(text);
    this.#problem = new LoadtsError('WORKER_START_FAILED', text);
  }
}
