import { describe, expect, it } from 'vitest';
import { describePhase, isLoaded } from './phase.ts';

describe('how a run stands', () => {
  it('is paused while there is load, and stopping also where it was paused', () => {
    expect(describePhase({ phase: 'running', isPaused: true }).word).toBe('Paused');
    expect(describePhase({ phase: 'stopping', isPaused: true }).word).toBe('Stopping');
    expect(describePhase({ phase: 'running', isPaused: false })).toEqual({ word: 'Running', tone: 'live' });
  });

  it('has load from the first user to the stop', () => {
    const phases = ['ready', 'starting', 'spawning', 'running', 'stopping', 'stopped'] as const;
    expect(phases.filter(isLoaded)).toEqual(['spawning', 'running']);
  });
});
