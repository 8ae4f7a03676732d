import { arrivalRate, between, HttpUser, type Scenarios, stages, task } from 'loadts';

// People who look around: they come and go, and think between two pages.
export class Browser extends HttpUser {
  override waitTime = between(0.5, 1.5);

  @task(3)
  async openHome() {
    await this.client.get('/');
  }

  @task
  async listUsers() {
    await this.client.get('/users');
  }
}

// Those who sign up, whatever else goes on.
export class Buyer extends HttpUser {
  @task
  async signUp() {
    await this.client.post('/users', { json: { name: 'Ada' } });
  }
}

// Two loads in one run, each on users of its own, with lines of its own in the report. A class is in one of them.
export const scenarios = {
  browse: {
    userClass: Browser,
    shape: stages([
      { duration: '10s', users: 20 },
      { duration: '20s', users: 20 },
    ]),
  },
  // Sign-ups begin when the users above are there, and are never slowed down by them.
  buy: { userClass: Buyer, rate: arrivalRate({ rate: 20, maxUsers: 50 }), startAfter: '10s', runTime: '15s' },
} satisfies Scenarios;

// Each can have limits of its own.
export const options = {
  threshold: ['errors < 1%', 'p95{scenario="buy"} < 200ms', 'dropped{scenario="buy"} <= 0'],
};
