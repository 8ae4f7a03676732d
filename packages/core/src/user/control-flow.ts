import { InterruptTaskSet } from './interrupt-task-set.ts';
import { RescheduleTask } from './reschedule-task.ts';
import { StopRun } from './stop-run.ts';
import { StopUser } from './stop-user.ts';

/** Whether this was thrown to say how the user goes on, and is no failure of anything. */
export function isControlFlow(thrown: unknown): thrown is Error {
  return (
    thrown instanceof StopUser ||
    thrown instanceof RescheduleTask ||
    thrown instanceof StopRun ||
    thrown instanceof InterruptTaskSet
  );
}
