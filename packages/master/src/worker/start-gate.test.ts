import { LoadtsError } from '@loadts/core';
import { createConnectionPair } from '@loadts/protocol';
import { describe, expect, it, vi } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { StartGate } from './start-gate.ts';
import { WorkerLink } from './worker-link.ts';

const patient = new AbortController().signal;

function createLink(): WorkerLink {
  const ignore = (): void => {};
  const events = { assignId: () => 1, joined: ignore, message: ignore, closed: ignore };
  return new WorkerLink(createConnectionPair()[0], 'token', events);
}

function createProblem(text: string): LoadtsError {
  return new LoadtsError('SCRIPT_LOAD_FAILED', text);
}

describe('StartGate', () => {
  it('opens when as many are ready as were asked for, not before', async () => {
    const gate = new StartGate();
    const links = [createLink(), createLink(), createLink()] as const;
    const opened = vi.fn<() => void>();
    const waiting = gate.wait(2, patient).then(opened);
    gate.admit(links[0]);
    gate.admit(links[0]);
    await settle();
    expect(opened).not.toHaveBeenCalled();
    gate.admit(links[1]);
    await waiting;
    gate.admit(links[2]);
    expect(gate.ready).toEqual(links);
  });

  it('is open at once where enough are ready already', async () => {
    const gate = new StartGate();
    gate.admit(createLink());
    await expect(gate.wait(1, patient)).resolves.toBeUndefined();
  });

  it('does not count a worker that has left', async () => {
    const gate = new StartGate();
    const [first, second, third] = [createLink(), createLink(), createLink()];
    const opened = vi.fn<() => void>();
    const waiting = gate.wait(2, patient).then(opened);
    gate.admit(first);
    gate.remove(first);
    gate.admit(second);
    await settle();
    expect(opened).not.toHaveBeenCalled();
    expect(gate.ready).toEqual([second]);
    gate.admit(third);
    await waiting;
  });

  it('rejects with the problem of a worker on which the script fails', async () => {
    const gate = new StartGate();
    const waiting = gate.wait(1, patient);
    gate.fail(createLink(), createProblem('no such module'));
    gate.admit(createLink());
    await expect(waiting).rejects.toThrow('no such module');
  });

  it('rejects for a problem that came before anybody waited, unless that worker has left', async () => {
    const gate = new StartGate();
    const link = createLink();
    gate.fail(link, createProblem('no such module'));
    await expect(gate.wait(1, patient)).rejects.toThrow('no such module');
    gate.remove(link);
    gate.admit(createLink());
    await expect(gate.wait(1, patient)).resolves.toBeUndefined();
  });

  it('rejects with the reason of the signal, also of one that came before', async () => {
    const gate = new StartGate();
    const starting = new AbortController();
    const waiting = gate.wait(1, starting.signal);
    starting.abort(new Error('that took too long'));
    await expect(waiting).rejects.toThrow('that took too long');
    await expect(gate.wait(1, starting.signal)).rejects.toThrow('that took too long');
  });

  it('no longer listens to the signal once it is open', async () => {
    const gate = new StartGate();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    gate.admit(createLink());
    await gate.wait(1, signal);
    expect(removed).toHaveBeenCalledOnce();
  });
});
