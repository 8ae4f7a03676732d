import { between, HttpUser, LoadTestShape, task } from 'loadts';

// Shorten the stages to try it out: STAGE_SECONDS=3 npx loadts run examples/wave-shape.ts ...
const STAGE_SECONDS = Number(process.env.STAGE_SECONDS ?? 20);

// Traffic comes in waves. Each stage changes to its number of users, which takes two seconds at these
// spawn rates (users started or stopped per second), and holds it until its end.
const stages = [
  { until: 1 * STAGE_SECONDS, users: 10, spawnRate: 5 },
  { until: 2 * STAGE_SECONDS, users: 50, spawnRate: 20 },
  { until: 3 * STAGE_SECONDS, users: 20, spawnRate: 15 },
  { until: 4 * STAGE_SECONDS, users: 80, spawnRate: 30 },
  { until: 5 * STAGE_SECONDS, users: 30, spawnRate: 25 },
  { until: 6 * STAGE_SECONDS, users: 0, spawnRate: 15 },
];

// A shape replaces -u and -r. It is asked once a second how many users there should be.
export class Waves extends LoadTestShape {
  tick() {
    const stage = stages.find(({ until }) => this.getRunTime() < until);
    // null ends the run, so no -t is needed.
    return stage ? { users: stage.users, spawnRate: stage.spawnRate } : null;
  }
}

export class Visitor extends HttpUser {
  waitTime = between(1, 3);

  @task
  async openHome() {
    await this.client.get('/');
  }
}
