import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { HttpClient, HttpEngine } from '@loadts/core';
import { systemClock } from '../../system-clock.ts';
import { ConnectionPools } from '../connection-pools.ts';
import { createClient, startRawServer } from '../test-server.case.ts';
import type { ServedResponse } from './any-response.case.ts';

const AT_ONCE = 16;

/** Has both engines ask for the same responses. @returns those of which they made something else, with what it was */
export async function findDifferences(responses: readonly ServedResponse[]): Promise<string[]> {
  const { url } = await startRawServer((socket, request) => {
    const [, index = ''] = /^\w+ \/(\d+) /.exec(request) ?? [];
    const served = responses[Number(index)];
    if (served) void serve(socket, served);
  });
  const [fast, undici] = [createEngine(url, 'fast'), createEngine(url, 'undici')];
  let next = 0;
  const different: string[] = [];
  const work = async (): Promise<void> => {
    for (let index = next++; index < responses.length; index = next++) {
      const { closes = false } = responses[index] ?? {};
      const [one, other] = [await fast(index, closes), await undici(index, closes)];
      if (one !== other) different.push(`${JSON.stringify(responses[index]?.pieces)}\n${one}\n${other}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return different;
}

async function serve(socket: Socket, { pieces, closes }: ServedResponse): Promise<void> {
  // Small pieces would wait for each other.
  socket.setNoDelay(true);
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) await new Promise((resolve) => setImmediate(resolve));
    if (socket.destroyed) return;
    if (!socket.write(piece, 'latin1')) await once(socket, 'drain');
  }
  if (closes) socket.end();
}

/** Asks for the response of a number, and tells what became of it as text. */
function createEngine(url: string, engine: HttpEngine): (index: number, alone: boolean) => Promise<string> {
  const pools = new ConnectionPools({ clock: systemClock, insecure: false, engine });
  const connect = (keepAlive: boolean): HttpClient =>
    createClient(url, { maxConnections: AT_ONCE, keepAlive }, pools).client;
  const [shared, single] = [connect(true), connect(false)];
  return async (index, alone) => {
    const client = alone ? single : shared;
    const response = await client.get(`/${index}`, { maxRedirects: 0, name: 'any' });
    const { status, error, headers } = response;
    return JSON.stringify(error ? [status] : [status, [...headers], response.text()]);
  };
}
