import { HISTOGRAM, LoadtsError } from '@loadts/core';
import { type MasterMessage, PACKAGE_VERSION, PROTOCOL_VERSION } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { settle, until } from './fake-clock.case.ts';
import { connectWorker } from './fake-master.case.ts';
import { createScript } from './script/test-script.case.ts';

describe('the greeting of a worker', () => {
  it('begins with who it is', async () => {
    const { master } = await connectWorker();
    expect(await master.last('hello')).toMatchObject({
      protocol: PROTOCOL_VERSION,
      version: PACKAGE_VERSION,
      nonce: expect.stringMatching(/^[0-9a-f]{64}$/),
      histogram: HISTOGRAM,
      pid: process.pid,
      cores: 3,
    });
    expect(master.received).toHaveLength(1);
  });

  it('proves that it knows the token, and measures the way once it is welcome', async () => {
    const { master } = await connectWorker();
    await master.challenge('secret');
    const { proof } = await master.last('proof');
    expect(proof).toBe(master.proofFor(await master.last('hello'), 'secret', 'worker'));
    expect(master.received.map(({ type }) => type)).toEqual(['hello', 'proof']);
    master.welcome();
    await until(() => master.all('ping').length === 5);
    expect(await master.last('status')).toMatchObject({ state: 'ready', users: 0 });
  });

  it('ends where the master does not know the token, without a proof of its own', async () => {
    const { master, outcome } = await connectWorker();
    await master.challenge('guess');
    const error = await outcome;
    expect(error).toBeInstanceOf(LoadtsError);
    expect(error).toMatchObject({
      code: 'HANDSHAKE_REFUSED',
      message: 'the master does not know the token of this worker',
      hint: 'give the master and the worker the same token',
    });
    await until(() => master.closedWith !== undefined);
    expect(master.closedWith).toBe('the master does not know the token of this worker');
    expect(master.received.map(({ type }) => type)).toEqual(['hello']);
  });

  it('ends with the reason where the master refuses the worker', async () => {
    const { master, outcome } = await connectWorker();
    await master.challenge('secret');
    await master.last('proof');
    master.send({ type: 'refused', reason: 'the worker does not know the token of this master' });
    expect(await outcome).toMatchObject({
      code: 'HANDSHAKE_REFUSED',
      message: 'the worker does not know the token of this master',
    });
  });

  it('ends where the master speaks another protocol, and names both versions', async () => {
    const { master, outcome } = await connectWorker();
    await master.challenge('secret', 99);
    expect(await outcome).toMatchObject({
      code: 'HANDSHAKE_REFUSED',
      message: `the master speaks protocol 99 (loadts 0.0.7), this worker ${PROTOCOL_VERSION} (loadts ${PACKAGE_VERSION})`,
    });
  });

  it('cannot be answered with what another worker was sent', async () => {
    const [one, two] = [await connectWorker(), await connectWorker()];
    const proof = one.master.proofFor(await one.master.last('hello'), 'secret', 'master');
    const { nonce } = one.master;
    two.master.send({ type: 'challenge', protocol: PROTOCOL_VERSION, version: '', nonce, proof });
    expect(await two.outcome).toMatchObject({ code: 'HANDSHAKE_REFUSED' });
  });

  const script = createScript('globalThis.loadtsStrangerRan = true;');
  const bytes = Buffer.from(script.code);
  const bundle = { type: 'bundle', hash: script.hash, size: bytes.length, offset: 0, bytes } as const;
  const welcome = { type: 'welcome', workerId: 1, resumeSecret: '', resumed: null } as const;

  it.each<MasterMessage>([
    bundle,
    welcome,
    { type: 'stop' },
    { type: 'goodbye' },
    { type: 'heartbeat', received: 0, silentMs: 0 },
  ])('comes before all else: a stranger with $type is refused', async (message) => {
    const { master, outcome } = await connectWorker();
    master.send(message);
    master.send(bundle);
    expect(await outcome).toMatchObject({
      code: 'MESSAGE_INVALID',
      message: `the master sent "${message.type}" before its greeting was over`,
    });
    await settle();
    expect([master.all('scriptReady'), 'loadtsStrangerRan' in globalThis]).toEqual([[], false]);
  });

  it('is not over before the welcome', async () => {
    const { master, outcome } = await connectWorker();
    await master.challenge('secret');
    await master.last('proof');
    master.send(bundle);
    expect(await outcome).toMatchObject({ code: 'MESSAGE_INVALID' });
    expect('loadtsStrangerRan' in globalThis).toBe(false);
  });

  it('knows one challenge', async () => {
    const { master, outcome } = await connectWorker();
    for (let i = 0; i < 2; i++) await master.challenge('secret');
    expect(await outcome).toMatchObject({ code: 'MESSAGE_INVALID' });
    expect(master.all('proof')).toHaveLength(1);
  });

  it('happens once', async () => {
    const { master, outcome } = await connectWorker();
    await master.greet();
    master.welcome();
    expect(await outcome).toMatchObject({ code: 'MESSAGE_INVALID', message: 'a second welcome' });
  });

  it('ends where the master talks rubbish', async () => {
    const { master, outcome } = await connectWorker();
    master.connection.send(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    expect(await outcome).toMatchObject({ code: 'MESSAGE_INVALID' });
    await until(() => master.closedWith !== undefined);
    expect(master.closedWith).toMatch(/^a message is not readable as MessagePack/);
  });

  it('tells strangers nothing of what was logged', async () => {
    const { master, logs, outcome } = await connectWorker();
    logs.logger.info('internal');
    await master.challenge('guess');
    await outcome;
    await settle();
    expect(master.all('log')).toEqual([]);
  });

  it('ends where the connection breaks', async () => {
    const { master, outcome } = await connectWorker();
    master.connection.close('the cable');
    expect(await outcome).toMatchObject({ code: 'WORKERS_MISSING', message: 'lost the master: the cable' });
  });
});
