import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkerMessage } from './message.ts';
import { isNumbered, Outbox } from './outbox.ts';

const message = (count: number): WorkerMessage => ({ type: 'leaseReturn', count });

describe('an outbox', () => {
  it('keeps messages in order until the other side has them', () => {
    const outbox = new Outbox<WorkerMessage>();
    for (const count of [1, 2, 3]) outbox.add(message(count));
    outbox.confirm(2);
    expect(outbox.kept).toEqual([message(3)]);
    outbox.add(message(4));
    outbox.confirm(1);
    expect(outbox.kept).toEqual([message(3), message(4)]);
    outbox.confirm(4);
    expect(outbox.kept).toEqual([]);
  });

  it('refuses what cannot have been received', () => {
    const outbox = new Outbox<WorkerMessage>();
    outbox.add(message(1));
    expect(() => outbox.confirm(2)).toThrow('2 messages were received, which is more than were sent');
  });

  it('brings every message over exactly once, whenever the connection breaks', () => {
    const steps = fc.array(fc.constantFrom('send', 'deliver', 'confirm', 'break'), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (taken) => {
        const outbox = new Outbox<WorkerMessage>();
        let [wire, sent, received]: [WorkerMessage[], WorkerMessage[], WorkerMessage[]] = [[], [], []];
        const act = {
          send: () => {
            const next = message(sent.length);
            [sent, wire] = [
              [...sent, next],
              [...wire, next],
            ];
            outbox.add(next);
          },
          deliver: () => {
            const next = wire.shift();
            if (next) received = [...received, next];
          },
          confirm: () => outbox.confirm(received.length),
          break: () => {
            outbox.confirm(received.length);
            wire = [...outbox.kept];
          },
        };
        for (const step of taken) act[step]();
        expect([...received, ...wire]).toEqual(sent);
      }),
    );
  });
});

describe('isNumbered', () => {
  it('leaves out what belongs to one connection or one moment', () => {
    expect(isNumbered({ type: 'heartbeat', received: 0, silentMs: 0 })).toBe(false);
    expect(isNumbered({ type: 'ping', id: 1 })).toBe(false);
    expect(isNumbered({ type: 'stop' })).toBe(true);
    expect(isNumbered({ type: 'leaseEnd' })).toBe(true);
  });
});
