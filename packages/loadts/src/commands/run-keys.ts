import { LoadtsError } from '@loadts/core';
import type { RunControl } from '@loadts/master';
import type { KeyInput } from '../terminal.ts';

export interface RunKeysOptions {
  readonly input: KeyInput;
  /** The run that goes on. */
  readonly control: () => RunControl | undefined;
  /** Says why a key did nothing. */
  readonly say: (text: string) => void;
  /** Ctrl-C, which a terminal in raw mode hands over as a key. */
  readonly interrupt: () => void;
}

const CTRL_C = '\u0003';
const ESCAPE = '\u001b';
const USER_KEYS: Readonly<Record<string, number>> = { w: 1, W: 10, s: -1, S: -10 };

/** Whether someone can press keys there. */
export function takesKeys(input: KeyInput | undefined): input is KeyInput {
  return input?.isTTY === true && typeof input.setRawMode === 'function';
}

/** Steers the run with Locust's keys, and `p`, until the returned function is called. */
export function listenToKeys({ input, control, say, interrupt }: RunKeysOptions): () => void {
  const press = (key: string): void => {
    if (key === CTRL_C) return interrupt();
    const run = control();
    if (!run) return;
    try {
      steer(run, key);
    } catch (error) {
      if (!(error instanceof LoadtsError)) throw error;
      say(error.message);
    }
  };
  const receive = (data: unknown): void => {
    const text = String(data);
    // Arrows and the like, which have letters in them.
    if (!text.startsWith(ESCAPE)) for (const key of text) press(key);
  };
  input.setRawMode?.(true);
  input.on('data', receive);
  input.resume();
  return () => {
    input.off('data', receive);
    input.setRawMode?.(false);
    input.pause();
  };
}

/** The keys that do something now, for the line below the live table. */
export function describeKeys(control: RunControl | undefined): string | undefined {
  if (!control) return undefined;
  const pause = control.isPaused ? 'p to resume' : 'p to pause';
  const hasUsers = control.load.model === 'closed' && control.ruledBy === undefined;
  return hasUsers ? `keys: w/W for 1/10 more users, s/S for fewer, ${pause}` : `keys: ${pause}`;
}

function steer(control: RunControl, key: string): void {
  if (key === 'p') return control.isPaused ? control.resume() : control.pause();
  const more = USER_KEYS[key];
  if (more === undefined) return;
  const users = control.load.model === 'closed' ? control.load.users : 0;
  control.changeUsers({ users: Math.max(0, users + more) });
}
