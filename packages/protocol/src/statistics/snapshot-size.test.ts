import { createRandom } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { encodeMessage } from '../codec.ts';
import type { SnapshotMessage } from '../statistics-message.ts';
import { entryOf, histogramOf } from './records.case.ts';
import { encodeStatistics } from './statistics-codec.ts';

const KIB = 1_024;

describe('the snapshot of one second', () => {
  it('of 20 entries with 50 log-normal samples each fits into 8 KiB', () => {
    for (const seed of [1, 2, 3]) expect(sizeOfSecond(50, seed)).toBeLessThanOrEqual(8 * KIB);
  });

  it('of 20 entries with 500 log-normal samples each fits into 24 KiB', () => {
    for (const seed of [1, 2, 3]) expect(sizeOfSecond(500, seed)).toBeLessThanOrEqual(24 * KIB);
  });
});

function sizeOfSecond(samples: number, seed: number): number {
  const draw = createLogNormal(seed);
  const times = (): number[] => Array.from({ length: samples }, draw);
  const entries = Array.from({ length: 20 }, (_, id) => entryOf(id, times()));
  const delays = Array.from({ length: 20 * samples }, () => draw() / 100);
  const message: SnapshotMessage = {
    type: 'snapshot',
    sequence: 100,
    firstInterval: 99,
    lastInterval: 99,
    users: 50,
    newEntries: [],
    statistics: encodeStatistics({ generatorDelay: histogramOf(delays), entries }),
    crc32: 0xffffffff,
    failures: [],
    exceptions: [],
    arrivals: [],
  };
  return encodeMessage(message).length;
}

/** Response times around 50 ms, with the long tail that real ones have (sigma 1: one in 100 above 500 ms). */
function createLogNormal(seed: number): () => number {
  const random = createRandom(seed, 'response times');
  return () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.round(50_000 * Math.exp(normal));
  };
}
