import { describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../version.ts';
import type { Connection } from './connection.ts';
import { EventLog } from './event-log.case.ts';

/** What every transport has to do. @param open makes both ends of a new connection, for the length of one test */
export function describeConnection(name: string, open: () => Promise<[Connection, Connection]>): void {
  describe(`a connection (${name})`, () => {
    it('brings messages of all sizes in the order in which they were sent, both ways', async () => {
      const ends = await open();
      const logs = ends.map((end) => new EventLog(end));
      const sent = Array.from({ length: 300 }, (_, i) => Buffer.alloc((i * i * 7) % 30_000, i));
      for (const bytes of sent) for (const end of ends) end.send(bytes);
      for (const log of logs) {
        await log.untilMessages(sent.length);
        expect(log.messages.every((bytes, i) => Buffer.compare(bytes, sent[i] as Buffer) === 0)).toBe(true);
      }
      ends[0].close('done');
    });

    it('brings every byte as it was, also the largest message and the empty one', async () => {
      const [a, b] = await open();
      const log = new EventLog(b);
      new EventLog(a);
      const all = Uint8Array.from({ length: 256 }, (_, i) => i);
      const largest = Buffer.alloc(MAX_MESSAGE_BYTES, all);
      for (const bytes of [all, new Uint8Array(0), largest]) a.send(bytes);
      await log.untilMessages(3);
      expect([...(log.messages[0] as Uint8Array)]).toEqual([...all]);
      expect(log.messages[1]).toHaveLength(0);
      expect(largest.equals(log.messages[2] as Uint8Array)).toBe(true);
      a.close('done');
    });

    it('is there for answers at once', async () => {
      const [a, b] = await open();
      const log = new EventLog(a);
      b.listen({ message: (bytes) => b.send(bytes), closed: () => {} });
      for (const text of ['one', 'two', 'three']) a.send(Buffer.from(text));
      await log.untilMessages(3);
      expect(log.texts).toEqual(['one', 'two', 'three']);
      a.close('done');
    });

    it('brings what was sent before the closing, then tells both ends the reason once', async () => {
      const [a, b] = await open();
      const [logA, logB] = [new EventLog(a), new EventLog(b)];
      a.send(Buffer.from('last words'));
      a.close('all is said');
      await Promise.all([logA.untilClosed(), logB.untilClosed()]);
      expect(logB.texts).toEqual(['last words']);
      b.close('too late');
      a.close('again');
      await nextTurns();
      expect([logA.reasons, logB.reasons]).toEqual([['all is said'], ['all is said']]);
    });

    it('closes once where both ends close at the same moment', async () => {
      const [a, b] = await open();
      const logs = [new EventLog(a), new EventLog(b)];
      a.close('enough');
      b.close('enough');
      for (const log of logs) await log.untilClosed();
      await nextTurns();
      expect(logs.map((log) => log.reasons)).toEqual([['enough'], ['enough']]);
    });

    it('takes no harm from sending after the closing', async () => {
      const [a, b] = await open();
      const [logA, logB] = [new EventLog(a), new EventLog(b)];
      a.close('bye');
      a.send(Buffer.from('forgotten'));
      await Promise.all([logA.untilClosed(), logB.untilClosed()]);
      for (const end of [a, b]) end.send(Buffer.from('forgotten'));
      await nextTurns();
      expect([logA.messages, logB.messages]).toEqual([[], []]);
      expect(a.bufferedBytes).toBe(0);
    });

    it('gives nothing to the end that has closed', async () => {
      const [a, b] = await open();
      const [logA, logB] = [new EventLog(a), new EventLog(b)];
      for (let i = 0; i < 10; i++) b.send(Buffer.from('unheard'));
      a.close('not listening');
      await Promise.all([logA.untilClosed(), logB.untilClosed()]);
      await nextTurns();
      expect(logA.messages).toEqual([]);
    });

    it('closes instead of sending what is too large, and says so to both ends', async () => {
      const [a, b] = await open();
      const [logA, logB] = [new EventLog(a), new EventLog(b)];
      a.send(Buffer.from('small'));
      a.send(Buffer.alloc(MAX_MESSAGE_BYTES + 1));
      a.send(Buffer.from('after'));
      for (const log of [logA, logB]) {
        expect(await log.untilClosed()).toBe(
          'a message of 4194305 bytes is larger than the 4194304 that are allowed',
        );
      }
      expect(logB.texts).toEqual(['small']);
    });

    it('can be closed with a reason of any length and any letters', async () => {
      for (const reason of ['x'.repeat(5_000), 'é'.repeat(300), `x${'語'.repeat(200)}`, '👩‍🔬'.repeat(60)]) {
        const [a, b] = await open();
        const [logA, logB] = [new EventLog(a), new EventLog(b)];
        a.close(reason);
        for (const log of [logA, logB]) {
          const heard = await log.untilClosed();
          expect(heard.length).toBeGreaterThan(20);
          expect(reason.startsWith(heard)).toBe(true);
        }
      }
    });
  });
}

/** Long enough for a second event, if there were one. */
async function nextTurns(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}
