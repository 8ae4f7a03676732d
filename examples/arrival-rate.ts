import { HttpUser, rampingArrivalRate, task } from 'loadts';

// How many visits begin each second, whatever the server does: from 0 to 50 in 10 s, 50 for 20 s, down in 5 s.
// Users come as they are needed, so there is no -u and no -r; the run ends with the last stage.
export const rate = rampingArrivalRate(
  [
    { duration: '10s', rate: 50 },
    { duration: '20s', rate: 50 },
    { duration: '5s', rate: 0 },
  ],
  // A visit that finds all 200 users busy waits for one. Its response time begins when it should have begun.
  { maxUsers: 200, whenBusy: 'queue' },
);

export class Visitor extends HttpUser {
  // Each arrival is one run of one task. A waitTime would mean nothing here.
  @task(3)
  async openHome() {
    await this.client.get('/');
  }

  @task
  async listUsers() {
    await this.client.get('/users');
  }
}
