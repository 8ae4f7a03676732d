import { between, HttpUser, MarkovTaskSet, SequentialTaskSet, TaskSet, tag, task, transition } from 'loadts';

// Task sets come before the classes that list them. Each has its own tasks, and can have its own wait time.

// One step after the other: look at the users, add one, and leave.
@tag('write')
class SignUp extends SequentialTaskSet {
  waitTime = between(0.1, 0.3);

  @task
  async listUsers() {
    await this.client.get('/users', { name: 'sign up: list' });
  }

  @task
  async addUser() {
    await this.client.post('/users', { json: { name: 'Ada' }, name: 'sign up: add' });
  }

  // A sequence starts all over again unless it is left.
  @task
  async leave() {
    await this.client.get('/', { name: 'sign up: done' });
    this.interrupt();
  }
}

// From page to page with these odds. A task without a transition is where the visit ends.
class Wander extends MarkovTaskSet {
  @transition('readUsers', 3)
  @transition('leave')
  async openHome() {
    await this.client.get('/', { name: 'wander: home' });
  }

  @transition('openHome')
  @transition('leave')
  async readUsers() {
    await this.client.get('/users', { name: 'wander: users' });
  }

  @task
  async leave() {
    await this.client.get('/status', { name: 'wander: leave' });
  }
}

// A task set in a task set: while somebody browses, every third task or so is to wander about.
class Browse extends TaskSet<Visitor> {
  static tasks = [Wander];
  #pages = 0;

  @task(2)
  async openPage() {
    await this.client.get('/users', { query: { visitor: this.user.ordinal }, name: 'browse: page' });
    if (++this.#pages === 3) this.interrupt();
  }
}

export class Visitor extends HttpUser {
  waitTime = between(0.2, 0.5);
  // Signing up once for every three times of browsing, and one glance at the status.
  static tasks = [[Browse, 3], SignUp];

  @task
  async readStatus() {
    await this.client.get('/status');
  }
}
