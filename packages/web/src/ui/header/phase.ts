import type { StateView } from '@loadts/protocol';

/** How a run stands, in one word. */
export interface PhaseWord {
  readonly word: string;
  readonly tone: 'calm' | 'live' | 'wait' | 'over';
}

const WORDS: Readonly<Record<StateView['phase'], PhaseWord>> = {
  ready: { word: 'Ready', tone: 'calm' },
  starting: { word: 'Starting', tone: 'wait' },
  spawning: { word: 'Spawning', tone: 'live' },
  running: { word: 'Running', tone: 'live' },
  stopping: { word: 'Stopping', tone: 'wait' },
  stopped: { word: 'Stopped', tone: 'over' },
};

/** While nobody says how it stands now. */
export const NO_CONNECTION: PhaseWord = { word: 'No connection', tone: 'over' };

export function describePhase({ phase, isPaused }: Pick<StateView, 'phase' | 'isPaused'>): PhaseWord {
  return isPaused && isLoaded(phase) ? { word: 'Paused', tone: 'wait' } : WORDS[phase];
}

/** Whether users are there, or should be: the load can be changed, paused and stopped. */
export function isLoaded(phase: StateView['phase']): boolean {
  return phase === 'spawning' || phase === 'running';
}
