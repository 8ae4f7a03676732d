import { EventEmitter } from 'node:events';
import { LoadtsError } from '@loadts/core';
import type { ControlledLoad, RunControl } from '@loadts/master';
import { describe, expect, it } from 'vitest';
import { describeKeys, listenToKeys, takesKeys } from './run-keys.ts';

class Keyboard extends EventEmitter {
  readonly isTTY = true;
  isRaw = false;
  isOpen = false;
  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }
  resume(): this {
    this.isOpen = true;
    return this;
  }
  pause(): this {
    this.isOpen = false;
    return this;
  }
}

function createControl(ruledBy?: string) {
  const calls: string[] = [];
  const state = { load: { model: 'closed', users: 5, spawnRate: 1 } as ControlledLoad, isPaused: false };
  const control: RunControl = {
    get load() {
      return state.load;
    },
    get isPaused() {
      return state.isPaused;
    },
    ruledBy,
    events: [],
    changeUsers: ({ users = 0 }) => {
      if (ruledBy !== undefined) throw new LoadtsError('CONTROL_REFUSED', `${ruledBy} decides`);
      calls.push(`users ${users}`);
      state.load = { model: 'closed', users, spawnRate: 1 };
    },
    changeRate: () => calls.push('rate'),
    pause: () => {
      calls.push('pause');
      state.isPaused = true;
    },
    resume: () => {
      calls.push('resume');
      state.isPaused = false;
    },
    resetStatistics: () => calls.push('reset'),
    stopNow: () => {},
    stop: () => calls.push('stop'),
  };
  return { control, calls, state };
}

function createKeys(ruledBy?: string) {
  const keyboard = new Keyboard();
  const { control, calls } = createControl(ruledBy);
  const stopListening = listenToKeys({
    input: keyboard,
    control: () => control,
    say: (text) => calls.push(`says ${text}`),
    interrupt: () => calls.push('interrupt'),
  });
  return { keyboard, calls, stopListening };
}

describe('the keys of a run', () => {
  it('change the users as in Locust, and never below none', () => {
    const { keyboard, calls } = createKeys();
    keyboard.emit('data', Buffer.from('wW'));
    keyboard.emit('data', 's');
    for (const key of 'SS') keyboard.emit('data', key);
    expect(calls).toEqual(['users 6', 'users 16', 'users 15', 'users 5', 'users 0']);
  });

  it('pause and resume, and stop with Ctrl-C', () => {
    const { keyboard, calls } = createKeys();
    for (const key of ['p', 'p', '\u0003']) keyboard.emit('data', key);
    expect(calls).toEqual(['pause', 'resume', 'interrupt']);
  });

  it('say why they do nothing', () => {
    const { keyboard, calls } = createKeys('the shape Wave');
    keyboard.emit('data', 'w');
    expect(calls).toEqual(['says the shape Wave decides']);
  });

  it('leave arrows and other keys alone', () => {
    const { keyboard, calls } = createKeys();
    for (const key of ['\u001b[A', '\u001bs', 'x', '\n']) keyboard.emit('data', key);
    expect(calls).toEqual([]);
  });

  it('give the keyboard back', () => {
    const { keyboard, calls, stopListening } = createKeys();
    expect([keyboard.isRaw, keyboard.isOpen]).toEqual([true, true]);
    stopListening();
    keyboard.emit('data', 'w');
    expect([keyboard.isRaw, keyboard.isOpen, calls]).toEqual([false, false, []]);
  });

  it('are only there where there is a keyboard', () => {
    const pipe = Object.assign(new EventEmitter(), { resume: () => {}, pause: () => {} });
    expect([takesKeys(pipe), takesKeys(undefined), takesKeys(new Keyboard())]).toEqual([false, false, true]);
  });

  it('are described as far as they do something', () => {
    const { control, state } = createControl();
    expect(describeKeys(control)).toBe('keys: w/W for 1/10 more users, s/S for fewer, p to pause');
    state.isPaused = true;
    state.load = { model: 'open', rate: 5, maxUsers: 10 };
    expect(describeKeys(control)).toBe('keys: p to resume');
    expect(describeKeys(createControl('the shape Wave').control)).toBe('keys: p to pause');
    expect(describeKeys(undefined)).toBeUndefined();
  });
});
