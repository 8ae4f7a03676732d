import type { ArrivalsMessage } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { OpenLoad } from './open-load.ts';

/** The ordinals of the users that a worker starts for two arrivals, none of which ends. */
async function ordinalsOf(
  workerIndex: number,
  share: Pick<ArrivalsMessage, 'worker' | 'workers' | 'from'>,
): Promise<number[]> {
  const clock = new FakeClock(0);
  const ordinals: number[] = [];
  const load: OpenLoad = new OpenLoad({
    clock,
    startUs: 0,
    endUs: null,
    seed: 1,
    classes: [{ weight: 1, fixedCount: 0 }],
    workerIndex,
    startUser: (classIndex, ordinal) => {
      ordinals.push(ordinal);
      load.desk.sit(classIndex);
    },
    late: () => {},
  });
  load.follow({
    type: 'arrivals',
    scenario: 0,
    generation: 1,
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
    expect(await ordinalsOf(7, { from: 0, worker: 1, workers: 3 })).toEqual([1, 4]);
  });

  it('have ordinals of their own on a worker that comes late', async () => {
    expect(await ordinalsOf(3, { from: 5, worker: 0, workers: 1 })).toEqual([40_000_000, 40_000_001]);
  });
});
