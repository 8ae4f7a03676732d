import { HttpUser, task } from 'loadts';

// No waitTime: each user sends its next request as soon as the last one is answered. A few such users find
// out how much a server can take; they do not tell how many people it can serve, since people pause.
export class Hammer extends HttpUser {
  // Once, before the first task: sign in, create test data. A user whose onStart throws runs no task.
  async onStart() {
    const created = await this.client.post('/users', { json: { name: `user-${this.ordinal}` } });
    if (!created.ok) throw new Error(`cannot sign up: status ${created.status}`);
  }

  // Once, when this user ends, also because the run is over: sign out, clean up.
  async onStop() {
    await this.client.get('/status', { name: 'say goodbye' });
  }

  @task
  async listUsers() {
    await this.client.get('/users');
  }
}
