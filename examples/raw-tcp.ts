import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { between, task, User } from 'loadts';

// `npx loadts run examples/raw-tcp.ts --headless --arg address=127.0.0.1:8002`
export const args = { address: { default: '127.0.0.1:8002', help: 'host and port of the server' } };

// A small client for a protocol of lines: each command is one line, and so is its answer.
class LineClient {
  readonly #socket: Socket;
  readonly #answers: AsyncIterator<string>;

  constructor(socket: Socket) {
    this.#socket = socket;
    // The end of the answers follows; without a listener, an error would count as an exception of the script.
    socket.on('error', () => {});
    this.#answers = createInterface({ input: socket })[Symbol.asyncIterator]();
  }

  static async connect(address: string): Promise<LineClient> {
    const { hostname, port } = new URL(`tcp://${address}`);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new LineClient(socket);
  }

  async ask(command: string): Promise<string> {
    this.#socket.write(`${command}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('the server closed the connection');
    if (value === 'ERROR') throw new Error(`the server refused ${command.split(' ')[0]}`);
    return value;
  }

  close(): void {
    this.#socket.destroy();
  }
}

export class LineUser extends User {
  declare client: LineClient;
  waitTime = between(0.05, 0.2);

  async onStart() {
    const address = String(this.args['address']);
    // What the work returns is what `measure` returns; what it throws fails the request and is thrown on.
    this.client = await this.measure('TCP', 'connect', () => LineClient.connect(address));
    await this.measure('TCP', 'SET', () => this.client.ask(`SET user-${this.ordinal} 1`));
  }

  @task(4)
  async read() {
    await this.measure('TCP', 'GET', async (sample) => {
      const value = await this.client.ask(`GET user-${this.ordinal}`);
      sample.bytesReceived = value.length + 1;
    });
  }

  @task
  async write() {
    await this.measure('TCP', 'SET', () => this.client.ask(`SET user-${this.ordinal} ${this.random()}`));
  }

  onStop() {
    this.client?.close();
  }
}
