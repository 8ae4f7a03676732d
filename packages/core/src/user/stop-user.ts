/** Thrown in a user's code, ends that user quietly. Client calls of a user that has to go reject with it. */
export class StopUser extends Error {
  override readonly name: string = 'StopUser';

  constructor(message: string = 'this user ends') {
    super(message);
  }
}
