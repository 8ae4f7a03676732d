import { connect, createServer, type Server, type Socket } from 'node:net';
import { createFairWeather, TcpFlow, type Weather } from './tcp-flow.ts';

/** Stands between a worker and its master, as a network that fails. */
export class TcpProxy {
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #isCut = false;
  /** From the worker to its master, and the other way. */
  readonly up: Weather = createFairWeather();
  readonly down: Weather = createFairWeather();

  constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** @returns its own port */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    return address.port;
  }

  /** Ends all connections and takes no other. */
  cut(): void {
    this.#isCut = true;
    this.#destroy();
  }

  /** Keeps all connections open and lets nothing through, in either direction. */
  swallow(): void {
    this.#isCut = true;
    this.up.drops = true;
    this.down.drops = true;
  }

  /** Ends the connections to the master, without a word to the workers. */
  halfOpen(): void {
    this.swallow();
    for (const [, far] of this.#pairs) far.destroy();
  }

  restore(): void {
    this.#isCut = false;
    Object.assign(this.up, createFairWeather());
    Object.assign(this.down, createFairWeather());
  }

  close(): void {
    this.#destroy();
    this.#server.close();
  }

  #accept(near: Socket): void {
    if (this.#isCut) {
      near.destroy();
      return;
    }
    const far = connect(this.#targetPort, '127.0.0.1');
    const pair = [near, far] as const;
    this.#pairs.add(pair);
    const end = (): void => {
      if (this.#isCut && !near.destroyed && this.up.drops) return;
      this.#pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    new TcpFlow(near, far, this.up);
    new TcpFlow(far, near, this.down);
  }

  #destroy(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
  }
}
