import type { ArrivalsMessage } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { OpenLoad } from './open-load.ts';

/** The ordinals of the users that a worker starts for two arrivals, none of which ends. */
async function ordinalsOf(workerIndex: number, workers: number, from: number): Promise<number[]> {
  const clock = new FakeClock(0);
  const ordinals: number[] = [];
  const load: OpenLoad = new OpenLoad({
    clock,
    startUs: 0,
    endUs: null,
    seed: 1,
    classes: [{ weight: 1, fixedCount: 0 }],
    workerIndex,
    workers,
    startUser: (classIndex, ordinal) => {
      ordinals.push(ordinal);
      load.desk.sit(classIndex);
    },
    late: () => {},
  });
  const share: Pick<ArrivalsMessage, 'worker' | 'workers'> = { worker: 0, workers: 1 };
  load.follow({
    type: 'arrivals',
    generation: 1,
    from,
    ...share,
    stages: [{ seconds: null, startRate: 10, endRate: 10 }],
    poisson: false,
    maxUsers: 2,
    whenBusy: 'drop',
  });
  await clock.advance(1_000);
  await load.end();
  return ordinals;
}

describe('the users of an open run', () => {
  it('have ordinals that no other worker gives', async () => {
    expect(await ordinalsOf(1, 3, 0)).toEqual([1, 4]);
  });

  it('have ordinals of their own on a worker that comes late', async () => {
    expect(await ordinalsOf(3, 4, 5)).toEqual([40_000_000, 40_000_001]);
  });
});
