import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a worker and its master, as a network that fails. */
export class TcpProxy {
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #isCut = false;

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
    for (const [near, far] of this.#pairs) {
      for (const socket of [near, far]) {
        socket.unpipe();
        socket.resume();
      }
    }
  }

  restore(): void {
    this.#isCut = false;
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
      this.#pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    near.pipe(far);
    far.pipe(near);
  }

  #destroy(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
  }
}
