import type { FeederDefinition } from '@loadts/core';
import type { FeederRowsMessage } from '@loadts/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { FeederDesk } from './feeder-desk.ts';
import type { OpenFeeder } from './open-feeders.ts';
import { define } from './open-file.case.ts';

interface Sent extends FeederRowsMessage {
  readonly workerId: number;
}

/** A feeder whose rows are their own numbers. */
function createFeeder(rows: number, definition: Partial<FeederDefinition> = {}, bytes = 10): OpenFeeder {
  return {
    definition: define('a.json', definition),
    source: {
      size: rows,
      columns: null,
      bytesOf: () => bytes,
      read: async (wanted) => wanted.map(String),
      close: () => Promise.resolve(),
    },
  };
}

function createDesk(feeders: readonly OpenFeeder[], workerIds: readonly number[] = [1, 2], seed = 1) {
  const sent: Sent[] = [];
  const problems: string[] = [];
  const desk = new FeederDesk({
    feeders,
    seed,
    workerIds,
    send: (workerId, message) => sent.push({ ...message, workerId }),
    failed: (problem) => problems.push(problem),
  });
  return { desk, sent, problems };
}

const rowsOf = ({ rows }: FeederRowsMessage): number[] => JSON.parse(rows) as number[];
const unique = { order: 'unique', onEnd: 'stop' } as const;

describe('the feeders of a run', () => {
  it('answer each worker with the next rows, and say how many there still are', async () => {
    const { desk, sent } = createDesk([createFeeder(2_500)]);
    desk.request(2, { feeder: 0, held: 0, wanted: 1 });
    desk.request(1, { feeder: 0, held: 0, wanted: 3 });
    await settle();
    expect(sent.map(({ workerId, supply }) => [workerId, supply])).toEqual([
      [2, 'plenty'],
      [1, 'plenty'],
    ]);
    expect(sent.map((message) => [rowsOf(message)[0], rowsOf(message).length])).toEqual([
      [0, 500],
      [500, 500],
    ]);
  });

  it('tell every worker of the end, after the last rows', async () => {
    const { desk, sent } = createDesk([createFeeder(3, unique)], [1, 2, 3]);
    desk.request(2, { feeder: 0, held: 0, wanted: 2 });
    desk.request(3, { feeder: 0, held: 0, wanted: 2 });
    desk.request(1, { feeder: 0, held: 0, wanted: 1 });
    await settle();
    expect(sent.map(({ workerId, supply, rows }) => [workerId, supply, rows])).toEqual([
      [2, 'scarce', '[0,1]'],
      [3, 'end', '[2]'],
      [1, 'end', '[]'],
      [2, 'end', '[]'],
    ]);
  });

  it('have a cursor each, also on the same file', async () => {
    const feeder = createFeeder(5_000);
    const { desk, sent } = createDesk([feeder, feeder]);
    desk.request(1, { feeder: 0, held: 0, wanted: 1 });
    desk.request(1, { feeder: 1, held: 0, wanted: 1 });
    await settle();
    expect(sent.map((message) => [message.feeder, rowsOf(message)[0]]).sort()).toEqual([
      [0, 0],
      [1, 0],
    ]);
    expect(desk.headers).toEqual([{ columns: null }, { columns: null }]);
  });

  it('keep messages small where rows are large', async () => {
    const { desk, sent } = createDesk([createFeeder(5_000, {}, 300_000)]);
    desk.request(1, { feeder: 0, held: 0, wanted: 1 });
    await settle();
    expect(sent.map(rowsOf)).toEqual([[0]]);
  });

  it('refuse a request for what is no feeder', () => {
    const { desk } = createDesk([createFeeder(1)]);
    expect(() => desk.request(1, { feeder: 1, held: 0, wanted: 1 })).toThrow('the worker asks for feeder 1');
  });

  it('say so where a file cannot be read any more', async () => {
    const feeder = createFeeder(10);
    const read = (): Promise<string[]> => Promise.reject(new Error('the disk is gone'));
    const { desk, problems } = createDesk([{ ...feeder, source: { ...feeder.source, read } }]);
    desk.request(1, { feeder: 0, held: 0, wanted: 1 });
    await settle();
    expect(problems).toEqual(['a.json could not be read any more: the disk is gone']);
  });

  it('say what is lost with a worker', async () => {
    const { desk } = createDesk([createFeeder(5_000, unique), createFeeder(5_000, { order: 'random' })]);
    desk.request(1, { feeder: 0, held: 0, wanted: 1 });
    desk.request(1, { feeder: 1, held: 0, wanted: 1 });
    expect(desk.lose(1)).toEqual([expect.stringContaining('rows 1 to 500 of a.json were leased to it')]);
    expect(desk.lose(2)).toEqual([]);
  });

  it('are over when no user is left after the end, by the same plan everywhere', () => {
    const { desk } = createDesk([createFeeder(1, unique)], [1, 2]);
    desk.endUsers(1, 3);
    desk.endUsers(2, 3);
    expect(desk.isOver(3)).toBe(false);
    desk.request(1, { feeder: 0, held: 0, wanted: 1 });
    expect(desk.isOver(3)).toBe(true);
    expect(desk.isOver(4)).toBe(false);
    desk.endUsers(1, 4);
    expect(desk.isOver(4)).toBe(false);
    desk.lose(2);
    expect(desk.isOver(4)).toBe(true);
  });

  it.each(['wrap', 'fail'] as const)('never end the run by themselves: %s', (onEnd) => {
    const { desk } = createDesk([createFeeder(1, { onEnd })], [1]);
    desk.request(1, { feeder: 0, held: 0, wanted: 1 });
    desk.endUsers(1, 1);
    expect(desk.isOver(1)).toBe(false);
  });
});

/** A worker as the protocol wants it: one request at a time, and one lease ahead. */
class ModelWorker {
  readonly used: number[] = [];
  held: number[] = [];
  supply: FeederRowsMessage['supply'] = 'scarce';
  asking = false;
  waiting = 0;

  readonly id: number;

  constructor(id: number) {
    this.id = id;
  }

  take(message: FeederRowsMessage): void {
    this.asking = false;
    this.supply = message.supply;
    this.held.push(...rowsOf(message));
    this.use();
  }

  use(): void {
    while (this.waiting > 0 && this.held.length > 0) {
      this.used.push(this.held.shift() as number);
      this.waiting--;
    }
  }
}

describe('rows for workers that ask, use and fail at random', () => {
  const step = fc.record({ worker: fc.nat(3), users: fc.integer({ min: 1, max: 90 }), dies: fc.nat(60) });
  const orders = fc.constantFrom('unique', 'sequential', 'shuffled');
  const run = fc.record({
    rows: fc.integer({ min: 1, max: 9_000 }),
    order: orders,
    seed: fc.nat(),
    deadly: fc.boolean(),
    steps: fc.array(step, { minLength: 1, maxLength: 120 }),
  });

  it('are given out once each; what no user got is held by somebody or was lost', async () => {
    await fc.assert(
      fc.asyncProperty(run, async ({ rows, order, seed, deadly, steps }) => {
        const workers = [0, 1, 2, 3].map((id) => new ModelWorker(id));
        const alive = new Set(workers);
        const feeder = createFeeder(rows, { order, onEnd: 'stop' });
        const { desk, sent } = createDesk([feeder], [0, 1, 2, 3], seed);
        const ask = (worker: ModelWorker): void => {
          if (worker.asking || worker.supply === 'end') return;
          if (worker.waiting === 0 && (worker.supply === 'scarce' || worker.held.length > 500)) return;
          worker.asking = true;
          desk.request(worker.id, { feeder: 0, held: worker.held.length, wanted: worker.waiting });
        };
        const deliver = async (): Promise<void> => {
          await settle();
          for (const message of sent.splice(0)) {
            const worker = workers[message.workerId] as ModelWorker;
            if (alive.has(worker)) worker.take(message);
          }
        };
        const lost: number[] = [];
        for (const { worker: id, users, dies } of steps) {
          const worker = workers[id] as ModelWorker;
          if (!alive.has(worker)) continue;
          worker.waiting += users;
          worker.use();
          ask(worker);
          if (deadly && dies === 0 && alive.size > 1) {
            alive.delete(worker);
            lost.push(worker.id);
            desk.lose(worker.id);
          }
          if (users % 3 > 0) await deliver();
        }
        // Those that are left use up everything.
        const last = [...alive][0] as ModelWorker;
        for (let i = 0; i < 200 && last.supply !== 'end'; i++) {
          last.waiting += 500;
          last.use();
          ask(last);
          await deliver();
        }
        const used = workers.flatMap((worker) => worker.used);
        const held = [...alive].flatMap((worker) => worker.held);
        expect(new Set([...used, ...held]).size).toBe(used.length + held.length);
        if (lost.length === 0) expect(used.length + held.length).toBe(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('come in an order that does not depend on who asks', async () => {
    const takeAll = async (workerIds: readonly number[]): Promise<number[]> => {
      const { desk, sent } = createDesk(
        [createFeeder(3_000, { order: 'shuffled', onEnd: 'stop' })],
        workerIds,
        9,
      );
      for (let i = 0; i < 300; i++) {
        desk.request(workerIds[i % workerIds.length] as number, { feeder: 0, held: 0, wanted: (i % 50) + 1 });
      }
      await settle();
      return sent.flatMap(rowsOf);
    };
    const order = await takeAll([1]);
    expect(order).toHaveLength(3_000);
    expect(await takeAll([1, 2, 3])).toEqual(order);
  });
});
