/** Whether users may begin iterations. The newest one holds; one that has not taken effect when another comes never does. */
export interface PauseMessage {
  readonly type: 'pause';
  readonly paused: boolean;
  /** Since time zero; one that is past takes effect at once. */
  readonly atUs: number;
}
