import { between, HttpUser, task } from 'loadts';

// Real visitors do not use all pages alike. With weights 3, 2 and 1 a user picks the home page for half
// of its iterations, the list for a third and the status for a sixth.
export class Visitor extends HttpUser {
  waitTime = between(1, 3);

  @task(3)
  async openHome() {
    await this.client.get('/');
  }

  @task(2)
  async listUsers() {
    await this.client.get('/users');
  }

  // The same as @task(1): a weight only says how often compared with the other tasks.
  @task
  async readStatus() {
    await this.client.get('/status');
  }
}
