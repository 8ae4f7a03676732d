import { constant, type HttpSettings, HttpUser, task } from 'loadts';

// A browser-like user with limits of its own. A check may look at where the time went: this one fails the
// requests that needed a new connection and were slow because of it.
export class Visitor extends HttpUser {
  static http: HttpSettings = { timeout: { total: 10, connect: 2, headers: 5 } };
  waitTime = constant('500ms');

  @task
  async openHome() {
    await this.client.get('/', {
      check({ status, reusedConnection, timings }) {
        if (status !== 200) return `expected status 200, got ${status}`;
        if (reusedConnection) return true;
        return timings.connectMs < 500 || 'connecting took half a second';
      },
    });
  }
}

// Calls of a backend service: all users of the class on a worker share ten connections.
export class Service extends HttpUser {
  static http: HttpSettings = { pool: 'shared', maxConnections: 10 };
  waitTime = constant('100ms');

  @task
  async listUsers() {
    await this.client.get('/users', { timeout: '2s' });
  }
}

// The worst case for a server: every request comes on a connection of its own.
export class Newcomer extends HttpUser {
  static http: HttpSettings = { keepAlive: false };
  waitTime = constant(1);

  @task
  async readStatus() {
    await this.client.get('/status');
  }
}
