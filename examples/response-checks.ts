import assert from 'node:assert/strict';
import { constant, HttpUser, task } from 'loadts';

// Without a check, every status below 400 is a success. A fast but wrong answer would then look fine,
// so look into the body. A failed check counts in the report, with its reason; the user just goes on.
export class CarefulVisitor extends HttpUser {
  waitTime = constant('500ms');

  // Text that is returned is the reason of the failure, true is a success.
  @task
  async openHome() {
    await this.client.get('/', {
      check(res) {
        if (res.status !== 200) return `expected status 200, got ${res.status}`;
        return 'message' in res.json<object>() ? true : 'the message is missing';
      },
    });
  }

  // The shortest form: true or false. The report can then only say "check failed".
  @task
  async readStatus() {
    await this.client.get('/status', { check: (res) => res.json<{ status: string }>().status === 'healthy' });
  }

  // res.failure() says the same as returned text, from anywhere in the check. res.success() accepts a
  // status that would otherwise fail: here a 404 is what we want.
  @task
  async openMissingPage() {
    await this.client.get('/missing', {
      check(res) {
        if (res.status === 404) res.success();
        else res.failure(`a missing page should be 404, not ${res.status}`);
      },
    });
  }

  // What a check throws is its reason too: assertions work, and so does json() on a broken body. Nothing
  // returned, as here when all is well: the status decides, as without a check.
  @task
  async createUser() {
    const user = { name: 'Ada' };
    await this.client.post('/users', { json: user, check: (res) => assert.deepEqual(res.json(), user) });
  }
}
