import { HttpUser, task } from 'loadts';

// No waitTime: what limits is the server, and how many users or arrivals there are is what `loadts find` decides.
export class Visitor extends HttpUser {
  @task
  async visit() {
    await this.client.get('/');
  }
}
