import { once } from 'node:events';
import { between, task, User } from 'loadts';
import { WebSocket } from 'ws';

// `npx loadts run examples/websocket-echo.ts --headless --arg url=ws://...`
export const args = { url: { default: 'ws://127.0.0.1:8001', help: 'where the echo server listens' } };

// A user without an HTTP client: it brings its own and says what is to be measured.
export class Chatter extends User {
  declare socket: WebSocket;
  waitTime = between(0.1, 0.5);

  async onStart() {
    const url = String(this.args['url']);
    await this.measure('WS', 'connect', async () => {
      this.socket = new WebSocket(url);
      await once(this.socket, 'open');
    });
    // `close` follows; without a listener, an error would count as an exception of the script.
    this.socket.on('error', () => {});
  }

  @task
  async echo() {
    const text = `hello from ${this.ordinal}, ${this.random()}`;
    await this.measure('WS', 'echo', async (sample) => {
      this.socket.send(text);
      const answer = await this.nextMessage();
      sample.bytesReceived = Buffer.byteLength(answer);
      // Throwing would do as well, and end the task.
      if (answer !== text) sample.failure('another text came back');
    });
  }

  nextMessage(): Promise<string> {
    return new Promise((resolve, reject) => {
      const closed = () => reject(new Error('the server closed the connection'));
      this.socket.once('close', closed);
      this.socket.once('message', (data) => {
        this.socket.off('close', closed);
        // A text comes as one Buffer.
        resolve((data as Buffer).toString());
      });
    });
  }

  // Where `onStart` failed there may be no socket.
  onStop() {
    this.socket?.close();
  }
}
