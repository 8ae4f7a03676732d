import { decodeStatistics, type RunScenario } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { until } from './fake-clock.case.ts';
import { connectWorker, createScenario, type FakeMaster } from './fake-master.case.ts';
import { createScript } from './script/test-script.case.ts';

const SECOND_US = 1_000_000;

const classCode = (name: string): string => `
export class ${name} extends HttpUser {
  waitTime() { return 1; }
  async work() { await this.measure('WORK', 'it', () => {}); }
}
task(${name}.prototype, 'work', Object.getOwnPropertyDescriptor(${name}.prototype, 'work'));`;

const SCRIPT = createScript(
  `import { HttpUser, task } from 'loadts';${classCode('Browser')}${classCode('Buyer')}`,
);

const browse = (scenario: Partial<RunScenario> = {}): RunScenario =>
  createScenario({ name: 'browse', classes: [{ name: 'Browser', weight: 1, fixedCount: 0 }], ...scenario });
const buy = (scenario: Partial<RunScenario> = {}): RunScenario =>
  createScenario({ name: 'buy', classes: [{ name: 'Buyer', weight: 1, fixedCount: 0 }], ...scenario });

async function start(scenarios: readonly RunScenario[], endUs: number | null = null) {
  const connected = await connectWorker();
  const { master } = connected;
  await master.greet();
  master.sendScript(SCRIPT);
  await master.last('scriptReady');
  master.start({ scenarios, endUs });
  return connected;
}

/** Requests by scenario and second. */
function countRequests(master: FakeMaster): Record<string, number> {
  const counts: Record<string, number> = {};
  const scenarioOf = new Map<number, number>();
  for (const { newEntries, statistics, firstInterval } of master.all('snapshot')) {
    for (const { id, scenario } of newEntries) scenarioOf.set(id, scenario);
    for (const entry of decodeStatistics(statistics).entries) {
      const key = `${scenarioOf.get(entry.entryId)} at ${firstInterval}`;
      counts[key] = (counts[key] ?? 0) + entry.counts.ok;
    }
  }
  return counts;
}

async function finish(master: FakeMaster): Promise<void> {
  master.send({ type: 'stop' });
  await master.last('final');
}

describe('a worker in a run of several scenarios', () => {
  it('runs the users of each by its own plans, which count from the start of the scenario', async () => {
    const { master, clock } = await start([browse(), buy({ startUs: 2_100_000 })]);
    master.plan({ scenario: 0, users: 2, before: [[0]] });
    master.plan({ scenario: 1, users: 3, before: [[0]] });
    await clock.advance(2_900);
    await finish(master);
    expect(countRequests(master)).toEqual({ '0 at 0': 2, '0 at 1': 2, '0 at 2': 2, '1 at 2': 3 });
    expect(master.all('snapshot').map(({ users }) => users)).toEqual([2, 2, 0]);
  });

  it('lets plans of one leave the users of the others alone', async () => {
    const { master, clock } = await start([browse(), buy()]);
    master.plan({ scenario: 0, users: 2 });
    master.plan({ scenario: 1, users: 3 });
    await clock.advance(500);
    master.plan({ scenario: 0, generation: 2, users: 0, before: [[2]], startUs: 500_000, ordinals: [2] });
    await clock.advance(1_000);
    expect(countRequests(master)).toEqual({ '0 at 0': 2, '1 at 0': 3 });
    await finish(master);
    expect(countRequests(master)).toMatchObject({ '1 at 1': 3 });
    expect(Object.keys(countRequests(master))).not.toContain('0 at 1');
  });

  it('has the arrivals of an open one from its start to its end, and ends its users then', async () => {
    const open = buy({ open: true, startUs: 1_050_000, endUs: 3_050_000 });
    const { master, clock } = await start([browse(), open], 5 * SECOND_US);
    master.plan({ scenario: 0, users: 1 });
    master.arrivals({ scenario: 1, stages: [{ seconds: null, startRate: 10, endRate: 10 }] });
    await clock.advance(4_000);
    await until(() => master.all('snapshot').length === 4);
    expect(master.all('snapshot').map(({ arrivals }) => arrivals.map(({ asked }) => asked))).toEqual([
      [0],
      [10],
      [10],
      [0],
    ]);
    expect(master.all('snapshot').map(({ arrivals }) => arrivals[0]?.scenario)).toEqual([1, 1, 1, 1]);
    expect(master.all('snapshot').map(({ users }) => users)).toEqual([1, 2, 2, 1]);
    await finish(master);
    expect(countRequests(master)).toMatchObject({ '1 at 1': 10, '1 at 2': 10 });
  });

  it('stops with all of them when it is told to within a moment of the end of an open one', async () => {
    const open = buy({ open: true, endUs: SECOND_US });
    const { master, clock } = await start([browse(), open], 60 * SECOND_US);
    master.plan({ scenario: 0, users: 1 });
    master.arrivals({ scenario: 1 });
    await clock.advance(950);
    await finish(master);
    expect(master.all('final')).toHaveLength(1);
  });

  it('gives leased iterations back only when no scenario has a user for them', async () => {
    const connected = await connectWorker();
    const { master, clock } = connected;
    await master.greet();
    master.sendScript(SCRIPT);
    await master.last('scriptReady');
    master.start({ scenarios: [browse(), buy()], leased: true });
    master.plan({ scenario: 0, users: 1 });
    master.plan({ scenario: 1, users: 1 });
    await master.last('leaseRequest');
    master.send({ type: 'lease', count: 1_000 });
    await clock.advance(100);
    master.plan({ scenario: 0, generation: 2, users: 0, before: [[1]], startUs: 100_000, ordinals: [1] });
    await clock.advance(1_500);
    expect(master.all('leaseReturn')).toEqual([]);
    master.plan({ scenario: 1, generation: 2, users: 0, before: [[1]], startUs: 1_600_000, ordinals: [1] });
    await clock.advance(1_500);
    expect(master.all('leaseReturn')).toHaveLength(1);
    await finish(master);
  });
});
