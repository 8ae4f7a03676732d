import { between, csv, HttpUser, jsonl, task } from 'loadts';

// The master reads the files and hands out rows over all workers; paths are relative to this script.
// Unique: no account is ever used twice. A user that finds none left ends.
const accounts = csv<{ name: string; password: string }>('users.csv', { order: 'unique', onEnd: 'stop' });
// Shuffled: every search once, in random order, then all of them again in another order.
const searches = jsonl<{ q: string; page: number }>('words.jsonl', { order: 'shuffled' });

export class Member extends HttpUser {
  waitTime = between(0.5, 1.5);

  async onStart() {
    const { name, password } = await accounts.next();
    await this.client.post('/users', { name: 'sign in', json: { name, password } });
  }

  @task
  async search() {
    const { q, page } = await searches.next();
    await this.client.get('/users', { name: 'search', query: { q, page } });
  }
}
