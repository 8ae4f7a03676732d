import type { WorkerContext, WorkerHooks } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../fake-clock.case.ts';
import { RunHooks } from './run-hooks.ts';

const never = (): Promise<void> => new Promise(() => {});
const context = { host: 'http://h', args: {}, data: 5, worker: { index: 1, count: 2 } };

function create(hooks: WorkerHooks) {
  const clock = new FakeClock();
  return { clock, hooks: new RunHooks({ hooks, context, clock }) };
}

describe('the hooks of a run', () => {
  it('are called with what they need, the end only once', async () => {
    const seen: WorkerContext[] = [];
    const { hooks, clock } = create({ onRunStart: (it) => seen.push(it), onRunStop: (it) => seen.push(it) });
    expect(await hooks.start()).toBeNull();
    await Promise.all([hooks.stop(), hooks.stop()]);
    expect(await hooks.stop()).toBeUndefined();
    expect(seen).toHaveLength(2);
    for (const one of seen) expect(one).toMatchObject({ ...context, signal: { aborted: false } });
    expect(clock.pending).toBe(0);
  });

  it('need not be there', async () => {
    const { hooks } = create({});
    expect([await hooks.start(), await hooks.stop()]).toEqual([null, undefined]);
  });

  it('tell why the run cannot start, and then there is nothing to end', async () => {
    let ends = 0;
    const { hooks } = create({
      onRunStart: () => Promise.reject(new Error('no database')),
      onRunStop: () => ends++,
    });
    expect(await hooks.start()).toMatch(/^Error: no database\n.*run-hooks\.test/);
    expect([await hooks.stop(), ends]).toEqual([undefined, 0]);
  });

  it('tell what the end threw', async () => {
    const { hooks } = create({ onRunStop: () => Promise.reject(new Error('still busy')) });
    await hooks.start();
    expect(await hooks.stop()).toEqual(new Error('still busy'));
  });

  it('have 60 seconds for the start', async () => {
    const { hooks, clock } = create({ onRunStart: never });
    const problem = hooks.start();
    await clock.advance(60_000);
    expect(await problem).toContain('onRunStart() took longer than 60 s');
  });

  it('have 30 seconds for the end, and are told', async () => {
    const signals: AbortSignal[] = [];
    const { hooks, clock } = create({
      onRunStop: ({ signal }) => {
        signals.push(signal);
        return never();
      },
    });
    await hooks.start();
    const thrown = hooks.stop();
    await clock.advance(29_999);
    expect(signals[0]?.aborted).toBe(false);
    await clock.advance(1);
    expect(await thrown).toEqual(new Error('onRunStop() took longer than 30 s'));
    expect(signals[0]?.aborted).toBe(true);
  });

  it('cut a start off that has not ended when the run does', async () => {
    let ends = 0;
    const { hooks } = create({ onRunStart: never, onRunStop: () => ends++ });
    const problem = hooks.start();
    await settle();
    await hooks.stop();
    expect(await problem).toContain('the run was stopped before it started');
    expect(ends).toBe(0);
  });
});
