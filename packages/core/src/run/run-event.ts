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
  /** Who did it, where somebody did. */
  readonly by?: 'user';
  /** What it was changed to, such as `{ users: 20, spawnRate: 5 }`. */
  readonly values?: Readonly<Record<string, number | string>>;
}
