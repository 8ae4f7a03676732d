import type { ArrivalsMessage } from '@loadts/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { ArrivalPacer } from './arrival-pacer.ts';

function createMessage(message: Partial<ArrivalsMessage> = {}): ArrivalsMessage {
  return {
    type: 'arrivals',
    scenario: 0,
    generation: 1,
    from: 0,
    worker: 0,
    workers: 1,
    stages: [{ seconds: null, startRate: 10, endRate: 10 }],
    poisson: false,
    maxUsers: 5,
    whenBusy: 'drop',
    ...message,
  };
}

function createPacer(endUs = Number.POSITIVE_INFINITY) {
  const clock = new FakeClock(5_000_000);
  const arrivals: { index: number; intendedUs: number; firedUs: number }[] = [];
  const lateUs: number[] = [];
  const maxUsers: number[] = [];
  const pacer = new ArrivalPacer({
    clock,
    startUs: 5_000_000,
    endUs,
    seed: 1,
    arrive: (index, intendedUs) => arrivals.push({ index, intendedUs, firedUs: clock.nowUs() }),
    late: (byUs) => lateUs.push(byUs),
    changed: (message) => maxUsers.push(message.maxUsers),
  });
  return { clock, pacer, arrivals, lateUs, maxUsers };
}

describe('ArrivalPacer', () => {
  it('lets arrivals come when they are due, never before', async () => {
    const { clock, pacer, arrivals, lateUs } = createPacer();
    pacer.follow(createMessage());
    await clock.advance(1_000);
    expect(arrivals.map(({ intendedUs }) => intendedUs)).toEqual(
      Array.from({ length: 11 }, (_, i) => 5_000_000 + i * 100_000),
    );
    expect(arrivals.every(({ intendedUs, firedUs }) => firedUs === intendedUs)).toBe(true);
    expect(lateUs.every((us) => us === 0)).toBe(true);
    expect(pacer.next).toBe(11);
  });

  it('after a pause lets all come at once that are due, each with its own time, and notes how late', async () => {
    const { clock, pacer, arrivals, lateUs } = createPacer();
    pacer.follow(createMessage());
    await clock.advance(0);
    clock.jump(350);
    await clock.advance(0);
    expect(arrivals.slice(1)).toEqual([
      { index: 1, intendedUs: 5_100_000, firedUs: 5_350_000 },
      { index: 2, intendedUs: 5_200_000, firedUs: 5_350_000 },
      { index: 3, intendedUs: 5_300_000, firedUs: 5_350_000 },
    ]);
    expect(lateUs).toEqual([0, 250_000, 150_000, 50_000]);
  });

  it('leaves out what is due at the end or later', async () => {
    const { clock, pacer, arrivals } = createPacer(500_000);
    pacer.follow(createMessage());
    await clock.advance(2_000);
    expect(arrivals).toHaveLength(5);
  });

  it('lets what is due come when it is stopped, and no more', async () => {
    const { clock, pacer, arrivals } = createPacer();
    pacer.follow(createMessage());
    await clock.advance(0);
    clock.jump(250);
    pacer.stop();
    await clock.advance(1_000);
    expect(arrivals).toHaveLength(3);
    expect(clock.pending).toBe(0);
  });

  it('has a new share from its first arrival on, and the old one until then', async () => {
    const { clock, pacer, arrivals, maxUsers } = createPacer();
    pacer.follow(createMessage({ workers: 2, worker: 1 }));
    await clock.advance(310);
    pacer.follow(createMessage({ generation: 2, from: 8, maxUsers: 10 }));
    pacer.follow(createMessage({ generation: 1, from: 4 }));
    await clock.advance(800);
    expect(arrivals.map(({ index }) => index)).toEqual([1, 3, 5, 7, 8, 9, 10, 11]);
    expect(maxUsers).toEqual([5, 10]);
    expect(pacer.generation).toBe(2);
  });

  it('has a changed rate from its moment on, without a burst or a gap', async () => {
    const { clock, pacer, arrivals } = createPacer();
    const stage = (seconds: number | null, rate: number) => ({ seconds, startRate: rate, endRate: rate });
    pacer.follow(createMessage());
    await clock.advance(250);
    pacer.follow(createMessage({ generation: 2, stages: [stage(0.5, 10), stage(0.5, 0), stage(null, 4)] }));
    await clock.advance(1_250);
    expect(arrivals.map(({ intendedUs }) => intendedUs / 1_000_000 - 5)).toEqual(
      [0, 0.1, 0.2, 0.3, 0.4, 1, 1.25, 1.5].map((seconds) => expect.closeTo(seconds, 6) as number),
    );
    expect(arrivals.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('begins where a share begins that it never had before', async () => {
    const { clock, pacer, arrivals } = createPacer();
    await clock.advance(1_000);
    pacer.follow(createMessage({ generation: 4, from: 20, workers: 3, worker: 2 }));
    await clock.advance(2_000);
    expect(arrivals.map(({ index }) => index)).toEqual([20, 23, 26, 29]);
  });

  it('with the others has every arrival once, however shares change', async () => {
    const changes = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 5 }), changes, async (workers, at) => {
        const pacers = Array.from({ length: workers }, () => createPacer());
        const changesUp = at.toSorted((a, b) => a - b).slice(0, workers - 1);
        for (const [worker, { pacer }] of pacers.entries()) {
          pacer.follow(createMessage({ workers, worker }));
          // The last worker leaves with each change; the others take over.
          for (const [i, from] of changesUp.entries()) {
            const left = workers - 1 - i;
            if (worker < left)
              pacer.follow(createMessage({ generation: i + 2, from, workers: left, worker }));
          }
        }
        for (const { clock } of pacers) await clock.advance(4_000);
        const stays = workers - changesUp.length;
        const indexes = pacers.flatMap(({ arrivals }, worker) => {
          const end = worker < stays ? 40 : (changesUp[workers - 1 - worker] as number);
          return arrivals.map(({ index }) => index).filter((index) => index < end);
        });
        expect(indexes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
      }),
      { numRuns: 20 },
    );
  });
});
