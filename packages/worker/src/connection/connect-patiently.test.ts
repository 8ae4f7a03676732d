import { LoadtsError } from '@loadts/core';
import { type Connection, createConnectionPair } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { connectPatiently } from './connect-patiently.ts';

/** A master that is there after some refusals. */
function start(answers: readonly (string | Error)[], random = 0.5) {
  const clock = new FakeClock();
  const attemptsMs: number[] = [];
  const waiting: string[] = [];
  const [connection] = createConnectionPair();
  const connect = (): Promise<Connection> => {
    const answer = answers[attemptsMs.length];
    attemptsMs.push(clock.nowUs() / 1_000);
    if (answer === undefined) return Promise.resolve(connection);
    return Promise.reject(typeof answer === 'string' ? new Error(answer) : answer);
  };
  const connected = connectPatiently({
    connect,
    clock,
    random: () => random,
    onWaiting: (reason) => waiting.push(reason),
  });
  connected.catch(() => {});
  return { clock, attemptsMs, waiting, connection, connected };
}

describe('connectPatiently', () => {
  it('tries again after growing pauses of at most 5 s until somebody answers', async () => {
    const { clock, attemptsMs, connected, connection } = start(Array.from({ length: 8 }, () => 'refused'));
    await clock.advance(60_000);
    expect(await connected).toBe(connection);
    expect(attemptsMs).toEqual([0, 200, 600, 1_400, 3_000, 6_200, 11_200, 16_200, 21_200]);
  });

  it('spreads the attempts of many by half a pause to either side', async () => {
    const early = start(['refused', 'refused'], 0);
    await early.clock.advance(1_000);
    expect(early.attemptsMs).toEqual([0, 100, 300]);
    const late = start(['refused', 'refused'], 1);
    await late.clock.advance(1_000);
    expect(late.attemptsMs).toEqual([0, 300, 900]);
  });

  it('says why it waits, once for each reason in turn', async () => {
    const { clock, waiting } = start(['refused', 'refused', 'no such host', 'refused']);
    await clock.advance(10_000);
    expect(waiting).toEqual(['refused', 'no such host', 'refused']);
  });

  it('gives up where waiting is in vain', async () => {
    const { connected, attemptsMs } = start([new LoadtsError('HANDSHAKE_REFUSED', 'no TLS')]);
    await expect(connected).rejects.toThrow('no TLS');
    expect(attemptsMs).toHaveLength(1);
  });
});
