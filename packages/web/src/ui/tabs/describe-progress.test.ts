import { describe, expect, it } from 'vitest';
import { describeProgress } from './describe-progress.ts';

describe('how far a run has come', () => {
  it('is what remains of its run time', () => {
    expect(describeProgress('running', 15, 60)).toEqual({ says: '0:45 remaining', share: 0.25 });
  });

  it('is never more than all, while users finish what they began', () => {
    expect(describeProgress('stopping', 62, 60)).toEqual({ says: '0:00 remaining', share: 1 });
  });

  it('is what it was to be once it is over', () => {
    expect(describeProgress('stopped', 30, 60)).toEqual({ says: 'of 1:00', share: 0.5 });
  });

  it('has no end where somebody has to stop it', () => {
    expect(describeProgress('running', 5, null)).toEqual({ says: 'until stopped', share: undefined });
    expect(describeProgress('stopped', 5, null).says).toBe('');
  });
});
