/** Where a run stands. Every run goes through these in this order, or skips ahead to stopping. */
export type RunState = 'ready' | 'spawning' | 'running' | 'stopping' | 'stopped';

/** A worker is also missing, once it was lost. */
export type WorkerState = RunState | 'missing';

const NEXT: Readonly<Record<RunState, readonly RunState[]>> = {
  ready: ['spawning', 'stopping', 'stopped'],
  spawning: ['running', 'stopping'],
  running: ['spawning', 'stopping'],
  stopping: ['stopped'],
  stopped: [],
};

/** Whether a run in state `from` may go to state `to` next. */
export function canFollow(from: RunState, to: RunState): boolean {
  return NEXT[from].includes(to);
}
