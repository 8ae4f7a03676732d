/** Thrown in a user's code, ends the whole run in order, as Ctrl-C does. The report says who threw it and why. */
export class StopRun extends Error {
  override readonly name: string = 'StopRun';

  constructor(message: string = 'a user asked for it') {
    super(message);
  }
}
