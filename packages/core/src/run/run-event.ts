/** What can happen to a run beside its requests. */
export type RunEventKind =
  | 'stage'
  | 'users'
  | 'rate'
  | 'pause'
  | 'resume'
  | 'reset'
  | 'stop'
  | 'threshold'
  | 'workerJoined'
  | 'workerMissing'
  | 'workerReturned'
  | 'workerLeft'
  | 'workerLost'
  | 'note';

/** One thing that happened to a run, for its history. Plain JSON. */
export interface RunEvent {
  /** Since the run's start, with a fraction. */
  readonly second: number;
  readonly kind: RunEventKind;
  /** One sentence without a full stop, such as `users changed from 10 to 20`. */
  readonly text: string;
}
