import { RescheduleTask, StopRun, StopUser } from '@loadts/core';
import { describeException } from './describe-exception.ts';
import type { UserEnvironment } from './user-environment.ts';

/** Deals with what escaped a user's code. @returns whether the user has to end */
export type TakeThrown = (task: string, thrown: unknown) => boolean;

/** Ends are quiet, a user that stops the run says so, what failed a sample is counted there, and everything else is an exception of the task. */
export function createTakeThrown(
  environment: UserEnvironment,
  userClass: string,
  ordinal: number,
): TakeThrown {
  return (task, thrown) => {
    if (thrown instanceof StopUser) return true;
    if (thrown instanceof RescheduleTask) return false;
    if (thrown instanceof StopRun) {
      environment.stopRun(`${userClass} ${ordinal} in ${task}: ${thrown.message}`);
      return true;
    }
    if (environment.countedErrors.delete(thrown as object)) return false;
    const taskSet = task.split('.', 1)[0] as string;
    const { message, readStack } = describeException(thrown, userClass, taskSet);
    environment.recorder.exception({ userClass, task, message }, readStack);
    environment.events.userError?.({ userClass, ordinal, task, error: thrown });
    return false;
  };
}
