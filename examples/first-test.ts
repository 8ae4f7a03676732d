import { between, HttpUser, task } from 'loadts';

// Each simulated user is one object of this class. It has to be exported: that is how loadts finds it.
export class Visitor extends HttpUser {
  // People pause to read. After each task a user waits 1 to 3 seconds, drawn anew every time, so that
  // users do not march in step.
  waitTime = between(1, 3);

  // While a user lives it runs its task, waits, and starts over.
  @task
  async openHome() {
    await this.client.get('/');
  }
}
