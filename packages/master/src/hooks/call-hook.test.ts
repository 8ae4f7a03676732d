import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { callHook, type HookCall } from './call-hook.ts';

const never = (): Promise<void> => new Promise(() => {});

function start(call: HookCall['call'], name: HookCall['name'] = 'setup') {
  const clock = new FakeClock();
  const stopper = new AbortController();
  const result = callHook({ name, clock, signal: stopper.signal, call });
  // Each test looks at the result itself, but some only later.
  result.catch(() => {});
  return { clock, stopper, result };
}

describe('callHook', () => {
  it('resolves with what the hook returns, and leaves no timer', async () => {
    const { clock, result } = start(() => Promise.resolve(5));
    await expect(result).resolves.toBe(5);
    expect(clock.pending).toBe(0);
  });

  it.each(['setup', 'teardown'] as const)('says with the stack what %s threw', async (name) => {
    const { result } = start(() => {
      throw new Error('no database');
    }, name);
    await expect(result).rejects.toMatchObject({
      code: `${name.toUpperCase()}_FAILED`,
      message: expect.stringMatching(
        new RegExp(`^${name}\\(\\) threw\nError: no database\n.*call-hook.test`),
      ),
    });
  });

  it('shows what was thrown that is no error', async () => {
    await expect(start(() => Promise.reject({ status: 503 })).result).rejects.toThrow('{ status: 503 }');
  });

  it('aborts the signal after 60 seconds, also where nobody heeds it', async () => {
    const signals: AbortSignal[] = [];
    const { clock, result } = start((signal) => {
      signals.push(signal);
      return never();
    });
    await clock.advanceTo(59.9);
    expect(signals[0]?.aborted).toBe(false);
    await clock.advanceTo(60);
    expect(signals[0]?.aborted).toBe(true);
    await expect(result).rejects.toThrow('setup() took longer than 60 s');
  });

  it('ends with the reason of the stop, whatever the script makes of its signal', async () => {
    const { stopper, result } = start(
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('fetch was cut off')));
        }),
    );
    stopper.abort(new Error('Ctrl-C'));
    await expect(result).rejects.toThrow('Ctrl-C');
  });

  it('calls nothing once the run is cut short', async () => {
    const stopper = new AbortController();
    stopper.abort(new Error('Ctrl-C'));
    let calls = 0;
    const call = (): number => ++calls;
    const result = callHook({ name: 'teardown', clock: new FakeClock(), signal: stopper.signal, call });
    await expect(result).rejects.toThrow('Ctrl-C');
    expect(calls).toBe(0);
  });
});
