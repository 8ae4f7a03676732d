import type { Events, RequestEvent } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../fake-clock.case.ts';
import { WorkerEvents } from './worker-events.ts';

const event = {} as RequestEvent;

function create(events: Events) {
  const clock = new FakeClock();
  const failed: unknown[] = [];
  const onFailed = (name: string, thrown: unknown): void => void failed.push([name, thrown]);
  return { clock, failed, events: new WorkerEvents({ events, clock, onFailed }) };
}

describe('listeners on a worker', () => {
  it('are undefined where there are none', () => {
    const { events } = create({ request: [], userError: undefined, runStopping: [[], undefined] });
    expect([events.request, events.userError, events.spawningComplete, events.runStopping]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('are all called in order, those of lists in lists too, whatever one of them throws', async () => {
    const called: string[] = [];
    const { events, failed } = create({
      request: [
        () => {
          called.push('a');
          throw new Error('a');
        },
        [
          async () => {
            called.push('b');
            await settle();
            throw 'b' as unknown as Error;
          },
          undefined,
        ],
        () => called.push('c'),
      ],
    });
    events.request?.(event);
    expect(called).toEqual(['a', 'b', 'c']);
    expect(failed).toEqual([['request', new Error('a')]]);
    expect(await events.settle()).toBe(true);
    expect(failed[1]).toEqual(['request', 'b']);
  });

  it('are waited for, also those that are called meanwhile', async () => {
    const ends: (() => void)[] = [];
    const { events, clock } = create({ request: () => new Promise<void>((resolve) => ends.push(resolve)) });
    events.request?.(event);
    let settled: boolean | undefined;
    void events.settle().then((inTime) => {
      settled = inTime;
    });
    events.request?.(event);
    ends[0]?.();
    await settle();
    expect(settled).toBeUndefined();
    ends[1]?.();
    await settle();
    expect([settled, clock.pending]).toEqual([true, 0]);
  });

  it('are left behind after 10 seconds', async () => {
    const { events, clock } = create({ runStopping: () => new Promise(() => {}) });
    events.runStopping?.({ users: 1 });
    const settled = events.settle();
    await clock.advance(10_000);
    expect(await settled).toBe(false);
  });
});
