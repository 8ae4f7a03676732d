import { between, HttpUser, type SetupContext, type TeardownContext, task } from 'loadts';

// Run once, before any load, and not measured: make what all users need. What it returns travels to every worker
// as JSON. `signal` ends a request that hangs, also on Ctrl-C.
export async function setup({ host, signal }: SetupContext) {
  const answer = await fetch(`${host}/users`, { signal });
  const { users } = (await answer.json()) as { users: string[] };
  return { names: users };
}

export class Member extends HttpUser {
  // The type of what `setup` returned.
  declare readonly data: Awaited<ReturnType<typeof setup>>;

  waitTime = between(0.5, 1.5);

  @task
  async signUp() {
    const { names } = this.data;
    const name = names[this.ordinal % names.length];
    await this.client.post('/users', { json: { name } });
  }
}

// Run once after the last user has ended, also after Ctrl-C: clean up.
export async function teardown({ host, data, signal }: TeardownContext) {
  const { names } = data as Awaited<ReturnType<typeof setup>>;
  await fetch(`${host}/status?tested=${names.length}`, { signal });
}
