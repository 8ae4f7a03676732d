import { describe, expect, it } from 'vitest';
import { describeConnection } from './connection.case.ts';
import { createConnectionPair } from './connection-pair.ts';

describeConnection('in memory', () => Promise.resolve(createConnectionPair()));

describe('createConnectionPair', () => {
  it('delivers in a later microtask, as a network does', async () => {
    const [a, b] = createConnectionPair();
    const heard: string[] = [];
    b.listen({ message: () => heard.push('message'), closed: (reason) => heard.push(reason) });
    a.send(new Uint8Array(1));
    a.close('end');
    expect(heard).toEqual([]);
    await Promise.resolve();
    await Promise.resolve();
    expect(heard).toEqual(['message', 'end']);
  });
});
