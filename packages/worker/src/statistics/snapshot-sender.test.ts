import { crc32 } from 'node:zlib';
import { EMPTY_HISTOGRAM } from '@loadts/core';
import {
  decodeWorkerMessage,
  encodeMessage,
  encodeStatistics,
  type FinalMessage,
  type SnapshotMessage,
  TEXT_LIMITS,
} from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import type { IntervalRecord } from './recorder.ts';
import { SnapshotSender } from './snapshot-sender.ts';

const EMPTY: IntervalRecord = {
  interval: 0,
  users: 3,
  newEntries: [],
  statistics: { generatorDelay: EMPTY_HISTOGRAM, entries: [] },
  failures: [],
  exceptions: [],
  arrivals: [],
};

function createSender() {
  const sent: (SnapshotMessage | FinalMessage)[] = [];
  const sender = new SnapshotSender((message) => sent.push(message));
  const take = (): string =>
    sent
      .splice(0)
      .map((message) => (message.type === 'final' ? `final ${message.sequence}` : message.sequence))
      .join(' ');
  return { sender, sent, take };
}

describe('SnapshotSender', () => {
  it('sends what one interval measured, with a checksum', () => {
    const { sender, sent } = createSender();
    const failures = [{ entryId: 3, reason: 'x', count: 1 }];
    const exceptions = [{ userClass: 'A', task: 'b', message: 'c', stack: 'd', count: 2 }];
    const newEntries = [{ id: 3, scenario: 0, method: 'GET', name: '/' }];
    sender.add({ ...EMPTY, interval: 17, failures, exceptions, newEntries });
    const statistics = encodeStatistics(EMPTY.statistics);
    expect(sent).toEqual([
      {
        type: 'snapshot',
        sequence: 1,
        firstInterval: 17,
        lastInterval: 17,
        users: 3,
        newEntries,
        statistics,
        crc32: crc32(statistics),
        failures,
        exceptions,
        arrivals: [],
      },
    ]);
  });

  it('has at most four under way, and sends the rest in order as they are acknowledged', () => {
    const { sender, take } = createSender();
    for (let interval = 0; interval < 9; interval++) sender.add({ ...EMPTY, interval });
    expect(take()).toBe('1 2 3 4');
    sender.acknowledge(1);
    expect(take()).toBe('5');
    sender.acknowledge(4);
    expect(take()).toBe('6 7 8');
    sender.acknowledge(8);
    expect(take()).toBe('9');
  });

  it('numbers what was merged while it waited when it is sent, and leaves alone what was sent', () => {
    const { sender, sent } = createSender();
    for (let interval = 0; interval < 84; interval++) sender.add({ ...EMPTY, interval });
    sender.finish([], { endedUs: 0, inFlightUs: 0 });
    for (let sequence = 1; sequence < 100; sequence++) sender.acknowledge(sequence);
    const seconds = sent.map((message) =>
      message.type === 'final'
        ? `final ${message.sequence}`
        : `${message.sequence}: ${message.firstInterval}-${message.lastInterval}`,
    );
    expect(seconds.slice(0, 8)).toEqual([
      '1: 0-0',
      '2: 1-1',
      '3: 2-2',
      '4: 3-3',
      '5: 4-9',
      '6: 10-19',
      '7: 20-23',
      '8: 24-24',
    ]);
    expect(seconds.at(-1)).toBe('final 67');
  });

  it('takes no harm from acknowledgements that come twice or are too old', () => {
    const { sender, take } = createSender();
    for (let interval = 0; interval < 6; interval++) sender.add({ ...EMPTY, interval });
    take();
    for (const sequence of [0, 1, 1, 0]) sender.acknowledge(sequence);
    expect(take()).toBe('5');
  });

  it('says the last word after the last snapshot, however long that has to wait', () => {
    const { sender, sent, take } = createSender();
    for (let interval = 0; interval < 6; interval++) sender.add({ ...EMPTY, interval });
    const totals = [{ entryId: 0, started: 1, ended: 1, measured: 1, sumUs: 5, checksum: 9 }];
    sender.finish(totals, { endedUs: 7, inFlightUs: 9 });
    expect(take()).toBe('1 2 3 4');
    sender.acknowledge(1);
    expect(take()).toBe('5');
    sender.acknowledge(2);
    expect(sent[0]).toMatchObject({ type: 'snapshot', sequence: 6 });
    sender.acknowledge(3);
    expect(sent.at(-1)).toEqual({ type: 'final', sequence: 6, endedUs: 7, inFlightUs: 9, totals });
    expect(take()).toBe('6 final 6');
  });

  it('says the last word at once where nothing waits', () => {
    const { sender, take } = createSender();
    sender.finish([], { endedUs: 0, inFlightUs: 0 });
    expect(take()).toBe('final 0');
  });

  it('spreads an interval of ever new names and errors over messages that each fit', () => {
    const { sender, sent } = createSender();
    const long = (length: number, i: number): string => `${i}`.padEnd(length, '語');
    const newEntries = Array.from({ length: 1_500 }, (_, id) => ({
      id,
      scenario: 0,
      method: 'GET',
      name: long(TEXT_LIMITS.name, id),
    }));
    const failures = Array.from({ length: 201 }, (_, entryId) => ({
      entryId,
      reason: long(TEXT_LIMITS.reason, entryId),
      count: 1,
    }));
    const exceptions = Array.from({ length: 201 }, (_, i) => ({
      userClass: long(TEXT_LIMITS.userClass, i),
      task: long(TEXT_LIMITS.task, i),
      message: long(TEXT_LIMITS.exceptionMessage, i),
      stack: long(TEXT_LIMITS.stack, i),
      count: 1,
    }));
    sender.add({ ...EMPTY, interval: 5, newEntries, failures, exceptions });
    sender.finish([], { endedUs: 0, inFlightUs: 0 });
    for (let sequence = 1; sequence < 20; sequence++) sender.acknowledge(sequence);
    const messages = sent.filter((message) => message.type === 'snapshot');
    expect(messages.reduce((sum, { users }) => sum + users, 0)).toBe(3);
    expect(messages.map(({ firstInterval, lastInterval }) => [firstInterval, lastInterval])).toEqual(
      messages.map(() => [5, 5]),
    );
    expect(messages.flatMap((message) => message.newEntries)).toEqual(newEntries);
    expect(messages.flatMap((message) => message.exceptions)).toEqual(exceptions);
    // When a failure comes, its entry has its name.
    expect(messages.map((message) => message.failures.length)).toEqual([
      ...messages.slice(1).map(() => 0),
      201,
    ]);
    for (const message of messages) expect(decodeWorkerMessage(encodeMessage(message)).type).toBe('snapshot');
    expect(sent.at(-1)).toMatchObject({ type: 'final', sequence: messages.length });
  });
});
