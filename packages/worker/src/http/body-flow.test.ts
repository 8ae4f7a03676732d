import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BodyFlow } from './body-flow.ts';

const KIB = 1024;

function startFlow(): { readonly flow: BodyFlow; readonly calls: string[] } {
  const calls: string[] = [];
  const flow = new BodyFlow({ resume: () => calls.push('resume'), close: () => calls.push('close') });
  return { flow, calls };
}

describe('BodyFlow', () => {
  it('tells its source to wait at 64 KiB, and to go on when they are read', async () => {
    const { flow, calls } = startFlow();
    expect(flow.push(Buffer.alloc(63 * KIB))).toBe(true);
    expect(flow.push(Buffer.alloc(KIB))).toBe(false);
    const reader = flow.read();
    for (const size of [63, 1]) expect((await reader.next()).value).toHaveLength(size * KIB);
    expect(calls).toEqual([]);
    const next = reader.next();
    expect(calls).toEqual(['resume']);
    expect(flow.push(Buffer.from('more'))).toBe(true);
    expect(String((await next).value)).toBe('more');
  });

  it('lets its reader go on in a turn of its own, after all else that came at the same time', async () => {
    const { flow } = startFlow();
    const told: string[] = [];
    const next = flow
      .read()
      .next()
      .then(() => told.push('read'));
    flow.push(Buffer.from('event'));
    for (let i = 0; i < 10; i++) await Promise.resolve();
    told.push('another connection');
    await next;
    expect(told).toEqual(['another connection', 'read']);
  });

  it('gives what it holds before it ends or throws', async () => {
    const { flow } = startFlow();
    flow.push(Buffer.from('a'));
    const problem = new Error('cut off');
    flow.end(problem);
    const reader = flow.read();
    expect(String((await reader.next()).value)).toBe('a');
    await expect(reader.next()).rejects.toBe(problem);
  });

  it('drains a short rest, and closes its source for a long one', async () => {
    const { flow, calls } = startFlow();
    flow.push(Buffer.alloc(64 * KIB));
    flow.drain();
    expect(calls).toEqual(['resume']);
    expect(flow.push(Buffer.alloc(64 * KIB))).toBe(true);
    expect(flow.push(Buffer.alloc(1))).toBe(false);
    expect(calls).toEqual(['resume']);
    await turn();
    expect(calls).toEqual(['resume', 'close']);
  });

  it('leaves its source alone where the rest ends', async () => {
    const { flow, calls } = startFlow();
    flow.drain();
    flow.push(Buffer.alloc(KIB));
    flow.end();
    await turn();
    expect(calls).toEqual([]);
  });
});
