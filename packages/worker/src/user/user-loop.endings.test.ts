import { RescheduleTask, StopRun } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createDiary, startUser } from './test-users.case.ts';

describe('a user that throws StopRun', () => {
  it.each(['onStart', 'work', 'waitTime', 'onStop'])(
    'in %s asks for the end and ends quietly',
    async (place) => {
      const { entries, note } = createDiary();
      const act = (here: string) => () => {
        note(here)();
        if (here === place) throw new StopRun('sold out');
        return 0;
      };
      const { loop, ended, clock, recording, stopReasons } = startUser({
        onStart: act('onStart'),
        tasks: { work: act('work') },
        waitTime: act('waitTime'),
        onStop: act('onStop'),
      });
      await clock.advance(0);
      loop.stop();
      await ended;
      expect(stopReasons).toEqual([`TestUser 0 in ${place}: sold out`]);
      expect(entries.filter((entry) => entry === 'work').length).toBeLessThan(3);
      expect(entries.at(-1)).toBe('onStop');
      expect(recording.exceptions()).toEqual({});
    },
  );
});

describe('a task that throws RescheduleTask', () => {
  it('is followed by the next without a wait, and is no exception', async () => {
    const times: number[] = [];
    const { clock, recording } = startUser({
      tasks: {
        work: () => {
          times.push(Math.round(clock.nowUs() / 1_000));
          if (times.length % 3 !== 0) throw new RescheduleTask();
        },
      },
      waitTime: () => 2,
    });
    await clock.advance(3_000);
    expect(times).toEqual([1, 1, 1, 2_001, 2_001, 2_001]);
    expect(recording.exceptions()).toEqual({});
  });

  it('gives way to others although it made no request', async () => {
    let runs = 0;
    const { loop, clock, state } = startUser({
      tasks: {
        work: () => {
          runs++;
          if (runs < 50) throw new RescheduleTask();
          loop.stop();
        },
      },
    });
    await clock.advance(10);
    expect([runs, state.ended]).toEqual([50, true]);
  });
});
