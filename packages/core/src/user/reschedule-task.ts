/** Thrown in a task, ends it quietly: the user goes on with its next task without waiting. */
export class RescheduleTask extends Error {
  override readonly name: string = 'RescheduleTask';

  constructor(message: string = 'this task ends') {
    super(message);
  }
}
