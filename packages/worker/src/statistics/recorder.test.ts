import {
  addCounts,
  countEnded,
  createCounts,
  type EntryCounts,
  hasLatency,
  sparseChecksum,
} from '@loadts/core';
import { decodeStatistics, encodeStatistics, TEXT_LIMITS } from '@loadts/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recorder } from './recorder.ts';
import { Recording } from './recording.case.ts';

const START_US = 7_123_456;
const SECOND_US = 1_000_000;

/** One request from its start to its end, in microseconds of the run. */
function request(recorder: Recorder, startUs: number, endUs: number, name = '/'): void {
  const entry = recorder.entry('GET', name);
  recorder.started(entry, START_US + startUs);
  recorder.record({
    entry,
    outcome: 'ok',
    durationUs: endUs - startUs,
    endUs: START_US + endUs,
    bytesReceived: 10,
    retried: false,
  });
}

/** What each interval counted of all entries, without what is 0. */
function countsByInterval(recording: Recording): Record<number, Partial<EntryCounts>> {
  const byInterval = recording.intervals.map(({ interval, statistics }) => {
    const counts = createCounts();
    for (const entry of statistics.entries) addCounts(counts, entry.counts);
    return [interval, Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))] as const;
  });
  return Object.fromEntries(byInterval.filter(([, counts]) => Object.keys(counts).length > 0));
}

describe('a recorder', () => {
  it('integrates requests under way, those that never end included, whatever they say they took', () => {
    const { recorder } = new Recording({ startUs: START_US });
    request(recorder, 1_000, 4_000);
    request(recorder, 2_000, 9_000);
    recorder.started(recorder.entry('GET', '/lost'), START_US + 5_000);
    expect(recorder.inFlightUs(START_US + 10_000)).toBe(3_000 + 7_000 + 5_000);
    const entry = recorder.entry('GET', '/wrong');
    const wrong = { entry, outcome: 'ok', durationUs: 9_999, bytesReceived: 0, retried: false } as const;
    recorder.started(entry, START_US + 10_000);
    recorder.record({ ...wrong, endUs: START_US + 10_500 });
    expect(recorder.inFlightUs(START_US + 10_500)).toBe(10_000 + 5_500 + 500);
  });

  it('counts a request in the second of its end, and its start in its own', () => {
    const recording = new Recording({ startUs: START_US });
    request(recording.recorder, 999_999, 2_000_000);
    request(recording.recorder, 2_999_999, 3_000_000);
    recording.finish();
    expect(countsByInterval(recording)).toEqual({
      0: { started: 1 },
      2: { ok: 1, started: 1, bytesReceived: 10 },
      3: { ok: 1, bytesReceived: 10 },
    });
  });

  it('closes a second when the next request shows that it is over, and skips those in which nothing happened', () => {
    const recording = new Recording({ startUs: START_US });
    request(recording.recorder, 0, 10);
    expect(recording.intervals).toEqual([]);
    request(recording.recorder, 5_500_000, 5_500_001);
    expect(recording.intervals.map(({ interval }) => interval)).toEqual([0]);
    recording.finish();
    expect(recording.intervals.map(({ interval }) => interval)).toEqual([0, 5]);
  });

  it('closes each second on time where it is told the time', () => {
    const recording = new Recording({ startUs: START_US });
    for (const atUs of [999_999, 1_000_000, 1_000_001, 1_999_999, 2_000_000]) {
      recording.recorder.advance(START_US + atUs);
    }
    expect(recording.intervals.map(({ interval }) => interval)).toEqual([0, 1]);
  });

  it('gives each entry its name once', () => {
    const recording = new Recording({ startUs: START_US });
    for (const second of [0, 1, 2]) {
      for (const name of ['/a', '/b', '/a'])
        request(recording.recorder, second * SECOND_US, second * SECOND_US, name);
    }
    request(recording.recorder, 2_500_000, 2_500_000, '/c');
    recording.finish();
    expect(recording.intervals.map(({ newEntries }) => newEntries)).toEqual([
      [
        { id: 0, scenario: 0, method: 'GET', name: '/a' },
        { id: 1, scenario: 0, method: 'GET', name: '/b' },
      ],
      [],
      [{ id: 2, scenario: 0, method: 'GET', name: '/c' }],
    ]);
  });

  it('tells methods of one name apart', () => {
    const { recorder } = new Recording();
    const entries = ['GET', 'POST', 'GET'].map((method) => recorder.entry(method, '/'));
    expect(entries.map(({ id }) => id)).toEqual([0, 1, 0]);
  });

  it('tells scenarios of one name apart, also in what goes beyond the allowed names', () => {
    const recording = new Recording({ maxEntries: 2 });
    const { recorder } = recording;
    const ids = [0, 1, 0].map((scenario) => recorder.entry('GET', '/', scenario).id);
    expect(ids).toEqual([0, 1, 0]);
    expect([2, 1, 2].map((scenario) => recorder.entry('GET', '/more', scenario).id)).toEqual([2, 3, 2]);
    recorder.refuse([0]);
    expect([0, 1].map((scenario) => recorder.entry('GET', '/', scenario).id)).toEqual([4, 1]);
    recording.finish();
    expect(recording.intervals[0]?.newEntries.map(({ scenario, name }) => [scenario, name])).toEqual([
      [0, '/'],
      [1, '/'],
      [2, '(other)'],
      [1, '(other)'],
      [0, '(other)'],
    ]);
  });

  it('counts what goes beyond the allowed names under (other)', () => {
    const recording = new Recording({ startUs: START_US, maxEntries: 3 });
    for (let i = 0; i < 10; i++) request(recording.recorder, i, i, `/${i}`);
    recording.recorder.started(recording.recorder.entry('POST', '/x'), START_US);
    expect(Object.entries(recording.counts()).map(([name, { started }]) => [name, started])).toEqual([
      ['GET /0', 1],
      ['GET /1', 1],
      ['GET /2', 1],
      [' (other)', 8],
    ]);
  });

  it('counts an entry under (other) from when the master refuses it', () => {
    const recording = new Recording({ startUs: START_US });
    const { recorder } = recording;
    for (const name of ['/a', '/b', '/c']) request(recorder, 0, 0, name);
    const underWay = recorder.entry('GET', '/b');
    recorder.refuse([1, 2, 77]);
    for (const name of ['/a', '/b', '/c']) request(recorder, 1, 1, name);
    recorder.started(underWay, START_US);
    expect(Object.entries(recording.counts()).map(([name, { started }]) => [name, started])).toEqual([
      ['GET /a', 2],
      ['GET /b', 2],
      ['GET /c', 1],
      [' (other)', 2],
    ]);
  });

  it('shortens names and exceptions so that they can be sent', () => {
    const recording = new Recording({ startUs: START_US });
    const { recorder } = recording;
    const long = 'x'.repeat(50_000);
    expect(recorder.entry('GET', `${long}1`)).toBe(recorder.entry('GET', `${long}2`));
    recorder.entry(long, '/');
    for (const last of ['1', '2']) {
      recorder.exception({ userClass: long, task: long, message: long + last }, () => long + last);
    }
    recording.finish();
    const [interval] = recording.intervals;
    expect(interval?.newEntries.map(({ method, name }) => [method.length, name.length])).toEqual([
      [3, TEXT_LIMITS.name],
      [TEXT_LIMITS.method, 1],
    ]);
    expect(interval?.exceptions).toMatchObject([{ count: 2 }]);
    const { userClass, task, message, stack } = interval?.exceptions[0] ?? expect.fail();
    expect([userClass, task, message, stack].map((text) => text.length)).toEqual([
      TEXT_LIMITS.userClass,
      TEXT_LIMITS.task,
      TEXT_LIMITS.exceptionMessage,
      TEXT_LIMITS.stack,
    ]);
  });

  it('counts the same failures and exceptions of a second together, with the first stack', () => {
    const recording = new Recording({ startUs: START_US });
    const { recorder } = recording;
    const entry = recorder.entry('GET', '/');
    const other = recorder.entry('GET', '/other');
    let stacks = 0;
    for (let i = 0; i < 3; i++) {
      recorder.failure(entry, 'HTTP 500');
      recorder.exception({ userClass: 'A', task: 'b', message: 'c' }, () => `stack ${++stacks}`);
    }
    recorder.failure(other, 'HTTP 500');
    recorder.advance(START_US + SECOND_US);
    recorder.failure(entry, 'HTTP 500');
    recording.finish();
    expect(recording.intervals.map(({ failures }) => failures)).toEqual([
      [
        { entryId: 0, reason: 'HTTP 500', count: 3 },
        { entryId: 1, reason: 'HTTP 500', count: 1 },
      ],
      [{ entryId: 0, reason: 'HTTP 500', count: 1 }],
    ]);
    expect(recording.intervals.map(({ exceptions }) => exceptions)).toEqual([
      [{ userClass: 'A', task: 'b', message: 'c', stack: 'stack 1', count: 3 }],
      [],
    ]);
  });

  it('does not let ever new failures and exceptions fill the memory', () => {
    const recording = new Recording({ startUs: START_US });
    const { recorder } = recording;
    const entry = recorder.entry('GET', '/');
    for (let i = 0; i < 5_000; i++) {
      recorder.failure(entry, `reason ${i}`);
      recorder.exception({ userClass: 'A', task: 'b', message: `message ${i}` }, () => '');
    }
    recording.finish();
    const { failures = [], exceptions = [] } = recording.intervals[0] ?? {};
    expect([failures.length, exceptions.length]).toEqual([201, 201]);
    expect(failures.at(-1)).toEqual({ entryId: 0, reason: 'further kinds of failure', count: 4_800 });
    expect(exceptions.at(-1)).toMatchObject({ userClass: '(other)', count: 4_800 });
  });
});

const OUTCOMES = ['ok', 'httpError', 'checkFailed', 'timeout', 'connectionError', 'aborted'] as const;
const event = fc.record({
  kind: fc.constantFrom('started', 'ended', 'ended', 'advance'),
  name: fc.constantFrom('/a', '/b', '/c', '/d'),
  outcome: fc.constantFrom(...OUTCOMES),
  afterUs: fc.oneof(fc.nat(400_000), fc.nat(3_000_000), fc.constantFrom(0, SECOND_US)),
  durationUs: fc.oneof(fc.nat(100_000), fc.nat(4_000_000_000)),
  bytesReceived: fc.nat(1_000_000),
  retried: fc.boolean(),
});

describe('all intervals of a recorder together', () => {
  it('hold every event once, in its own second, and add up to the final totals', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events) => {
        const recording = new Recording({ startUs: START_US, maxEntries: 3 });
        const { recorder } = recording;
        const expected: Record<number, number> = {};
        let nowUs = START_US;
        for (const { kind, name, afterUs, ...sample } of events) {
          nowUs += afterUs;
          const entry = recorder.entry('GET', name);
          if (kind === 'advance') recorder.advance(nowUs);
          else if (kind === 'started') recorder.started(entry, nowUs);
          else recorder.record({ entry, endUs: nowUs, ...sample });
          const second = Math.floor((nowUs - START_US) / SECOND_US);
          if (kind !== 'advance') expected[second] = (expected[second] ?? 0) + 1;
        }
        const totals = recording.finish();
        expect(countEvents(recording)).toEqual(expected);
        expect(addUp(recording)).toEqual(totals);
        const seconds = recording.intervals.map(({ interval }) => interval);
        expect(seconds).toEqual([...new Set(seconds)].toSorted((a, b) => a - b));
      }),
    );
  });

  it('arrive as they are at the other end', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 50 }), (events) => {
        const recording = new Recording({ startUs: 0 });
        for (const { name, afterUs, ...sample } of events) {
          const entry = recording.recorder.entry('GET', name);
          recording.recorder.record({ entry, endUs: afterUs, ...sample });
          recording.recorder.generatorDelay(afterUs);
        }
        recording.finish();
        for (const { statistics } of recording.intervals) {
          expect(decodeStatistics(encodeStatistics(statistics))).toEqual(statistics);
        }
      }),
    );
  });
});

/** Starts and ends by second. */
function countEvents(recording: Recording): Record<number, number> {
  const events: Record<number, number> = {};
  for (const { interval, statistics } of recording.intervals) {
    for (const { counts, latency } of statistics.entries) {
      const measured = OUTCOMES.filter(hasLatency).reduce((sum, outcome) => sum + counts[outcome], 0);
      expect(latency.count).toBe(measured);
      events[interval] = (events[interval] ?? 0) + counts.started + countEnded(counts);
    }
  }
  return events;
}

/** The totals as a master would work them out. */
function addUp(recording: Recording): unknown {
  const totals = recording.intervals
    .flatMap(({ newEntries }) => newEntries)
    .map(({ id }) => ({ entryId: id, started: 0, ended: 0, measured: 0, sumUs: 0, checksum: 0 }));
  for (const { entryId, counts, latency } of recording.intervals.flatMap(
    ({ statistics }) => statistics.entries,
  )) {
    const total = totals[entryId] ?? expect.fail('an entry without a name');
    total.started += counts.started;
    total.ended += countEnded(counts);
    total.measured += latency.count;
    total.sumUs += latency.sumUs;
    total.checksum = (total.checksum + sparseChecksum(latency)) >>> 0;
  }
  return totals;
}
