import { LoadtsError, type LoadtsErrorCode } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { exitCodeFor, exitCodeForError, type RunOutcome } from './exit-codes.ts';

describe('exitCodeFor', () => {
  const failed = { verdict: 'fail', exitCodeOnError: 1, allowIncomplete: false } as const;

  it.each<[number, string, RunOutcome]>([
    [0, 'a run that passed', { verdict: 'pass' }],
    [0, 'a command without a verdict', {}],
    [1, 'a run that failed', { verdict: 'fail' }],
    [7, 'a run that failed, with --exit-code-on-error 7', { verdict: 'fail', exitCodeOnError: 7 }],
    [0, 'a run that failed, with --exit-code-on-error 0', { verdict: 'fail', exitCodeOnError: 0 }],
    [1, 'a listener that failed', { verdict: 'pass', listenerFailed: true }],
    [
      1,
      'a listener that failed after a run that may fail',
      { ...failed, exitCodeOnError: 0, listenerFailed: true },
    ],
    [2, 'wrong usage rather than a listener', { usage: true, listenerFailed: true }],
    [4, 'an incomplete run', { verdict: 'incomplete', exitCodeOnError: 7 }],
    [0, 'an incomplete run, with --allow-incomplete', { verdict: 'incomplete', allowIncomplete: true }],
    [1, 'a run that failed, with --allow-incomplete', { verdict: 'fail', allowIncomplete: true }],
    [2, 'wrong usage', { ...failed, usage: true }],
    [5, 'an internal error rather than wrong usage', { ...failed, usage: true, internalError: true }],
    [130, 'an aborting SIGINT rather than anything', { ...failed, internalError: true, signal: 'SIGINT' }],
    [143, 'an aborting SIGTERM rather than anything', { ...failed, internalError: true, signal: 'SIGTERM' }],
  ])('is %i for %s', (code, _, outcome) => {
    expect(exitCodeFor(outcome)).toBe(code);
  });
});

describe('exitCodeForError', () => {
  it.each<[number, LoadtsErrorCode]>([
    [2, 'CONFIG_INVALID'],
    [2, 'SCRIPT_NOT_FOUND'],
    [2, 'SCRIPT_BUILD_FAILED'],
    [2, 'SCRIPT_LOAD_FAILED'],
    [2, 'SCRIPT_NO_USERS'],
    [2, 'SCRIPT_NO_TASKS'],
    [2, 'HOST_MISSING'],
    [2, 'SETUP_FAILED'],
    [2, 'RUN_START_FAILED'],
    [4, 'WORKERS_MISSING'],
    [1, 'SHAPE_FAILED'],
    [1, 'TEARDOWN_FAILED'],
    [1, 'LISTENER_FAILED'],
    [5, 'WORKER_START_FAILED'],
    [5, 'MESSAGE_INVALID'],
  ])('is %i for %s', (code, errorCode) => {
    expect(exitCodeForError(new LoadtsError(errorCode, 'x'))).toBe(code);
  });

  it.each([new TypeError('x'), 'x', undefined])('is 5 for %o', (error) => {
    expect(exitCodeForError(error)).toBe(5);
  });
});
