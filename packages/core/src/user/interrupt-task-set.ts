/** Thrown by `interrupt()`: the user leaves that task set. */
export class InterruptTaskSet extends Error {
  override readonly name: string = 'InterruptTaskSet';
  readonly taskSet: object;
  /** Whether the parent goes on without waiting. */
  readonly reschedule: boolean;

  constructor(taskSet: object, reschedule: boolean) {
    super('interrupt() was called outside of the task set');
    this.taskSet = taskSet;
    this.reschedule = reschedule;
  }
}
