import { createCounts, EMPTY_HISTOGRAM, IntervalHistogram, type RunRecord } from '@loadts/core';
import fc from 'fast-check';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { decodeRecord, encodeRecord, RUN_FILE_VERSION } from './record-codec.ts';

const packr = new Packr({ useRecords: false });

function histogramOf(values: readonly number[]) {
  const histogram = new IntervalHistogram();
  for (const value of values) histogram.record(value);
  return histogram.take();
}

const START = {
  type: 'start',
  start: { id: 'a', script: 'load.ts', host: undefined },
} as unknown as RunRecord;

describe('the records of a run file', () => {
  it('are read as they were written', () => {
    const record = fc.record({
      second: fc.nat(1e6),
      name: fc.string(),
      times: fc.array(fc.nat(3_600_000_000)),
      bytesReceived: fc.nat(Number.MAX_SAFE_INTEGER),
      late: fc.boolean(),
    });
    fc.assert(
      fc.property(record, ({ second, name, times, bytesReceived, late }) => {
        const latency = histogramOf(times);
        const key = { scenario: 'buy', method: 'GET', name };
        const counts = { ...createCounts(), started: times.length, ok: times.length, bytesReceived };
        const interval: RunRecord = {
          type: 'interval',
          delta: {
            second,
            users: 3,
            entries: [{ key, counts, latency, service: latency, ttfb: latency }],
            aggregates: [{ key, counts, latency: EMPTY_HISTOGRAM }],
            failures: [{ key, reason: name, count: 2 }],
            exceptions: [{ userClass: 'A', task: 't', message: name, stack: '', count: 1, workers: [1, 2] }],
            generatorDelay: latency,
            countedFrom: 0,
            dropped: 3,
            drops: [{ scenario: 'buy', count: 3 }],
            isSpread: true,
            late,
          },
        };
        expect(decodeRecord(encodeRecord(interval))).toEqual(interval);
      }),
    );
  });

  it('hold health, events and results as they are, without what is undefined', () => {
    const load = { loopDelayUs: 1.5, sendDelayUs: 2, utilization: 0.5, cpu: 1, collectingUs: 3 };
    const records: RunRecord[] = [
      { type: 'health', health: { workerId: 1, second: 2, users: 3, ...load, memoryBytes: 2 ** 33 } },
      { type: 'event', event: { second: 0.5, kind: 'note', text: 'ü' } },
      { type: 'thresholds', results: [{ threshold: 'p95 < 1s', observed: 4, passed: true, reason: 'r' }] },
      { type: 'worker', worker: { id: 3, hostname: 'h', pid: 1, cores: 2, loadts: '0.1.0' } },
    ];
    for (const record of records) expect(decodeRecord(encodeRecord(record))).toEqual(record);
    const start = decodeRecord(encodeRecord(START));
    expect(start).toEqual({ type: 'start', start: { id: 'a', script: 'load.ts' } });
    expect(packr.unpack(encodeRecord(START))).toMatchObject({ type: 'start', version: RUN_FILE_VERSION });
  });

  it('are refused where they are of a later format, with both', () => {
    const later = packr.pack({ type: 'start', version: 9, start: {} });
    expect(() => decodeRecord(later)).toThrow(
      expect.objectContaining({
        code: 'RUN_FILE_INVALID',
        message: 'it has format 9, this loadts reads up to 1',
      }),
    );
  });

  it.each([
    ['of a type that nobody knows', packr.pack({ type: 'dance' })],
    ['no map', packr.pack(null)],
    ['no MessagePack', new Uint8Array([0xc1])],
    ['a second without its entries', packr.pack({ type: 'interval', delta: {} })],
  ])('are refused where they are %s', (_, bytes) => {
    expect(() => decodeRecord(bytes)).toThrow(expect.objectContaining({ code: 'RUN_FILE_INVALID' }));
  });

  it('never make the reader fail in another way, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decodeRecord(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: 'RUN_FILE_INVALID' });
        }
      }),
    );
  });
});
