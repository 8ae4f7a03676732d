import { describe, expect, it } from 'vitest';
import { settle, until } from './fake-clock.case.ts';
import { connectWorker, type FakeMaster } from './fake-master.case.ts';
import { createUserScript } from './script/test-script.case.ts';

const notes: string[] = [];
Object.assign(globalThis, { loadtsNotes: notes });

const countEvery = (seconds: number) =>
  createUserScript(
    'ApiUser',
    `waitTime = constant(${seconds}); step() { globalThis.loadtsNotes.push('step'); } onStop() { globalThis.loadtsNotes.push('end'); }`,
    'step',
  );

/** A worker whose one user takes a step every second, and has just taken the first. */
async function startRun(seconds = 1) {
  notes.length = 0;
  const connected = await connectWorker({ returns: true });
  const { master, clock } = connected;
  await master.greet();
  master.sendScript(countEvery(seconds));
  await master.last('scriptReady');
  master.start();
  master.plan({ users: 1 });
  await until(() => notes.length === 1);
  /** Lets seconds pass in which the master is heard, or not. */
  const pass = async (seconds: number, heard?: FakeMaster): Promise<void> => {
    for (let i = 0; i < seconds * 2; i++) {
      heard?.send({ type: 'heartbeat', received: 0, silentMs: 0 });
      await clock.advance(500);
    }
  };
  return { ...connected, pass };
}

describe('a worker that loses its connection', () => {
  it('comes back as the one it was, and sends again only what has not come', async () => {
    const { master, clock, nextMaster, pass } = await startRun();
    await pass(1.5, master);
    const numbered = ['scriptReady', 'prepared', 'snapshot'];
    const sent = master.received.filter(({ type }) => numbered.includes(type));
    expect(sent.map(({ type }) => type)).toEqual(numbered);
    master.connection.close('the cable');
    const again = await nextMaster();
    await clock.advance(1_000);
    await again.resume(2);
    expect(await again.last('proof')).toMatchObject({ resume: { workerId: 1, ended: false } });
    expect(again.all('snapshot').map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(again.all('prepared')).toEqual([]);
    expect(notes).toEqual(['step', 'step', 'step']);
  });

  it('begins no iteration after 3 s of silence, and goes on when the master is back within 4', async () => {
    const { pass, clock, nextMaster, master } = await startRun(0.4);
    master.connection.close('the cable');
    await pass(3.5);
    expect(notes).toHaveLength(8);
    const again = await nextMaster();
    await again.resume(2);
    again.send({ type: 'heartbeat', received: 2, silentMs: 0 });
    await settle();
    expect(notes).toHaveLength(9);
    await clock.advance(800);
    expect(notes).toHaveLength(11);
  });

  it('ends its users after 4 s, delivers what they did, and joins anew', async () => {
    const { pass, nextMaster, master } = await startRun();
    master.connection.close('the cable');
    const again = await nextMaster();
    await pass(4.5);
    expect(notes.at(-1)).toBe('end');
    expect(again.closedWith).toBe('nothing heard for 4 s');
    const later = await nextMaster();
    await later.resume(2);
    const final = await later.last('final');
    expect(final.sequence).toBe(later.all('snapshot').length);
    later.send({ type: 'heartbeat', received: 2 + later.all('snapshot').length + 1, silentMs: 0 });
    const anew = await nextMaster();
    await anew.greet();
    expect(await anew.last('proof')).toMatchObject({ resume: { workerId: 1, received: 0, anew: true } });
    expect(anew.all('snapshot')).toEqual([]);
  });

  it('does not join anew before all that waited was sent', async () => {
    const { pass, nextMaster, master, connections } = await startRun();
    master.acknowledging = false;
    await pass(8, master);
    master.connection.close('the cable');
    const again = await nextMaster();
    await pass(4.5);
    expect(again.closedWith).toBe('nothing heard for 4 s');
    const later = await nextMaster();
    later.acknowledging = false;
    // All that was sent has come; its acknowledgement is still on its way.
    await later.resume(2 + 4);
    later.send({ type: 'heartbeat', received: 2 + 4, silentMs: 0 });
    await settle();
    expect([later.closedWith, connections()]).toEqual([undefined, 0]);
    later.acknowledging = true;
    later.send({ type: 'acknowledge', sequence: 4 });
    expect((await later.last('final')).sequence).toBeGreaterThan(10);
  });

  it('ends its users where the master says that it was missing', async () => {
    const { clock, nextMaster, master } = await startRun();
    master.connection.close('the cable');
    const again = await nextMaster();
    await again.resume(2, true);
    await clock.advance(1);
    await again.last('final');
    expect(notes.at(-1)).toBe('end');
  });

  it('forgets its run where the master does not know it any more', async () => {
    const { clock, nextMaster, master, pass } = await startRun();
    await pass(1, master);
    master.connection.close('the cable');
    const other = await nextMaster();
    await other.greet();
    await clock.advance(3_000);
    expect(notes.at(-1)).toBe('end');
    expect([other.all('snapshot'), other.all('final')]).toEqual([[], []]);
  });

  it('gives up what it cannot deliver within 60 s, and joins anew over one connection', async () => {
    const { master, nextMaster, pass, connections } = await startRun();
    master.connection.close('the cable');
    await pass(65);
    let last = await nextMaster();
    while (last.closedWith !== undefined) last = await nextMaster();
    await last.greet();
    expect(await last.last('proof')).toMatchObject({ resume: { workerId: 1, received: 0, anew: true } });
    expect(connections()).toBe(0);
  });

  it('leaves where its master has forgotten that it wanted to', async () => {
    const { master, worker, nextMaster, outcome } = await startRun();
    worker.leave();
    master.connection.close('the cable');
    const other = await nextMaster();
    await other.challenge('secret');
    await other.last('proof');
    other.welcome();
    expect(await outcome).toBeUndefined();
  });

  it('closes a connection on which nothing comes for 4 s, and connects again', async () => {
    const { master, nextMaster, pass } = await startRun();
    master.acknowledging = false;
    await pass(4.5);
    expect(master.closedWith).toBe('nothing heard for 4 s');
    await (await nextMaster()).last('hello');
  });
});

describe('a worker that the master does not hear', () => {
  it('takes that for silence: its users pause and end as if it heard nothing either', async () => {
    const { master, clock } = await startRun(0.4);
    const beat = async (silentMs: number): Promise<void> => {
      for (let i = 0; i < 2; i++) {
        master.send({ type: 'heartbeat', received: 0, silentMs });
        await clock.advance(500);
      }
    };
    for (const silentMs of [0, 1_000, 2_000]) await beat(silentMs);
    const steps = notes.length;
    expect(steps).toBeGreaterThan(6);
    await beat(3_000);
    expect(notes.length).toBeLessThanOrEqual(steps + 1);
    await beat(4_000);
    expect(notes.at(-1)).toBe('end');
  });
});

describe('a worker that gets a message that cannot be right', () => {
  it('comes back on another connection, since it may have been damaged on its way', async () => {
    const { master, nextMaster, clock } = await startRun();
    master.connection.send(Buffer.from('rubbish'));
    const again = await nextMaster();
    expect(master.closedWith).toContain('a message is not readable as MessagePack');
    await again.resume(2);
    await clock.advance(1_000);
    expect(notes).toEqual(['step', 'step']);
  });

  it('gives up where it comes each time', async () => {
    const { master, nextMaster, outcome } = await startRun();
    let last = master;
    for (let i = 0; i < 3; i++) {
      last.connection.send(Buffer.from('rubbish'));
      last = await nextMaster();
      await last.resume(2);
    }
    last.connection.send(Buffer.from('rubbish'));
    expect(await outcome).toMatchObject({ code: 'MESSAGE_INVALID' });
  });
});

describe('a worker that is offered a script', () => {
  const script = createUserScript('ApiUser', 'step() {}', 'step');

  it('asks for it once, and has it where it is offered again', async () => {
    const { master, nextMaster } = await connectWorker({ returns: true });
    await master.greet();
    master.send({ type: 'offer', hash: script.hash, size: 1 });
    expect(await master.last('bundleRequest')).toEqual({ type: 'bundleRequest', hash: script.hash });
    master.sendScript(script);
    await master.last('scriptReady');
    master.connection.close('the cable');
    const other = await nextMaster();
    await other.greet();
    other.send({ type: 'offer', hash: script.hash, size: 1 });
    expect(await other.last('scriptReady')).toEqual({ type: 'scriptReady', hash: script.hash });
    expect(other.all('bundleRequest')).toEqual([]);
  });

  it('refuses one that is not what was offered', async () => {
    const { master } = await connectWorker({ returns: true });
    await master.greet();
    master.sendScript({ ...script, hash: 'another' });
    expect((await master.last('scriptFailed')).message).toContain('the script arrived with hash');
    master.send({ type: 'offer', hash: 'another', size: 1 });
    expect(await master.last('bundleRequest')).toEqual({ type: 'bundleRequest', hash: 'another' });
  });
});

describe('a worker whose network is slow', () => {
  it('holds its log back until what it measured is on its way', async () => {
    const { master, clock, logs, network } = await startRun();
    network.bufferedBytes = 100_000;
    logs.logger.info('later');
    await clock.advance(1_000);
    expect(master.all('log')).toEqual([]);
    network.bufferedBytes = 0;
    await clock.advance(1_000);
    expect(master.all('log')).toMatchObject([{ lines: [{ text: 'later' }] }]);
  });

  it('sends each second when it can, and never more than four that are not acknowledged', async () => {
    const { master, pass } = await startRun();
    master.acknowledging = false;
    await pass(20, master);
    expect(master.all('snapshot').map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    master.acknowledging = true;
    master.send({ type: 'acknowledge', sequence: 4 });
    await until(() => master.all('snapshot').length === 20);
    expect(master.all('snapshot').at(-1)).toMatchObject({
      sequence: 20,
      firstInterval: 19,
      lastInterval: 19,
    });
  });
});

describe('a worker that is to leave', () => {
  it('says so and goes on until the goodbye', async () => {
    const { master, worker, outcome } = await startRun();
    worker.leave();
    await master.last('leaving');
    expect(notes).toEqual(['step']);
    master.send({ type: 'goodbye' });
    expect(await outcome).toBeUndefined();
  });

  it('goes at once where there is no master', async () => {
    const { worker, outcome } = await connectWorker({ returns: true });
    worker.leave();
    expect(await outcome).toBeUndefined();
  });
});
