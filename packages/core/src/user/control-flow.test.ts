import { describe, expect, it } from 'vitest';
import { isControlFlow } from './control-flow.ts';
import { InterruptTaskSet } from './interrupt-task-set.ts';
import { RescheduleTask } from './reschedule-task.ts';
import { StopRun } from './stop-run.ts';
import { StopUser } from './stop-user.ts';

describe('isControlFlow', () => {
  it('is true of what says how a user goes on', () => {
    const thrown = [new StopUser(), new StopRun(), new RescheduleTask(), new InterruptTaskSet({}, true)];
    expect(thrown.map(isControlFlow)).toEqual([true, true, true, true]);
  });

  it.each([[new Error('x')], ['StopUser'], [undefined], [null]])('is false of %s', (thrown) => {
    expect(isControlFlow(thrown)).toBe(false);
  });
});
