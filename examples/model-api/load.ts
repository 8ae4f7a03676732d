import { between, csv, type HttpResponse, HttpUser, type RunOptionsInput, task } from 'loadts';

const DIMENSIONS = 384;
// Texts of all lengths, as they come: short ones are cheap, long ones are not.
const rows = csv<{ text: string }>('texts.csv', { order: 'random' });

const limits = ['errors < 1%', 'p95{name="embed small batch"} < 500ms', 'p95{name="health"} < 100ms'];

export const options = {
  waitFor: '/health',
  // Not just "ready", which "not_ready" ends with.
  waitForMatch: '"status":"ready"',
  threshold: limits,
} satisfies RunOptionsInput;

export const profiles = {
  // Where is the ceiling? More and more users; errors are what we look for.
  'ramp-up': {
    users: 100,
    spawnRate: 5,
    runTime: '1m',
    threshold: ['p95{name="health"} < 100ms', 'rps > 10'],
  },
  // Does it stay as it is? The same load for long.
  sustained: {
    users: 50,
    spawnRate: 'all',
    runTime: '5m',
    threshold: [...limits, 'drift(p50) < 10%', 'drift(p95) < 10%'],
  },
  // Does it refuse politely, and recover? 20 users, 200 for a fifth of the time, 20 again.
  spike: {
    users: 200,
    runTime: '1m',
    threshold: [
      'p95{name="health"} < 100ms',
      'errors{stage="after"} < 10%',
      'p95{name="embed small batch", stage="after"} < 1s',
    ],
  },
} satisfies Record<string, RunOptionsInput>;

export class ModelClient extends HttpUser {
  waitTime = between(0.5, 1.5);

  @task(8)
  async embedSmallBatch() {
    await this.embed('embed small batch', 1 + Math.floor(this.random() * 2));
  }

  @task(2)
  async embedLargeBatch() {
    await this.embed('embed large batch', 8 + Math.floor(this.random() * 9));
  }

  @task
  async checkHealth() {
    await this.client.get('/health', { name: 'health' });
  }

  private async embed(name: string, size: number) {
    const texts: string[] = [];
    while (texts.length < size) texts.push((await rows.next()).text);
    await this.client.post('/embed', { name, json: { texts }, check: (res) => hasEmbeddings(res, size) });
  }
}

// A fast answer that is wrong is no answer. A 503 is counted as what it is: nothing to check there.
function hasEmbeddings(res: HttpResponse, size: number) {
  if (!res.ok) return undefined;
  const { embeddings } = res.json<{ embeddings: number[][] }>();
  if (embeddings.length !== size) return `${embeddings.length} embeddings for ${size} texts`;
  const wrong = embeddings.find(({ length }) => length !== DIMENSIONS);
  return wrong ? `an embedding with ${wrong.length} dimensions instead of ${DIMENSIONS}` : true;
}
