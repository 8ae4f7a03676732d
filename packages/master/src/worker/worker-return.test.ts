import type { Connection, Resume } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { FakeWorker, type FakeWorkerOptions, TOKEN } from '../fake-worker.case.ts';
import { WorkerLink } from './worker-link.ts';

/** Keeps what its links tell, and knows them again. */
class Master {
  readonly links: WorkerLink[] = [];
  readonly heard: string[] = [];
  readonly broken: string[] = [];

  accept(connection: Connection): void {
    new WorkerLink(connection, TOKEN, {
      assignId: () => this.links.length + 1,
      joined: (link) => this.links.push(link),
      resume: (_, resume) => this.links.find((link) => link.matches(resume)),
      message: (link, { type }) => this.heard.push(`${link.id} ${type}`),
      closed: (link, reason) => this.heard.push(`${link.id} closed: ${reason}`),
      returned: (link) => this.heard.push(`${link.id} returned`),
      detached: (link, reason) => this.broken.push(`${link.id} ${reason}`),
      departed: (link) => this.heard.push(`${link.id} departed`),
    });
  }
}

async function connect(master: Master, options: FakeWorkerOptions = {}): Promise<FakeWorker> {
  const accept = (connection: Connection): void => master.accept(connection);
  const worker = new FakeWorker(accept, { hello: { resumes: true }, ...options }).greet();
  await settle();
  return worker;
}

/** A worker that has joined, and what it needs to come back. */
async function join(): Promise<{ master: Master; worker: FakeWorker; link: WorkerLink; resume: Resume }> {
  const master = new Master();
  const worker = await connect(master);
  const [welcome] = worker.messages('welcome');
  const [link] = master.links;
  if (!link || !welcome) throw new Error('not welcome');
  const resume = {
    workerId: welcome.workerId,
    secret: welcome.resumeSecret,
    received: 0,
    ended: false,
    anew: false,
  };
  return { master, worker, link, resume };
}

async function disconnect(worker: FakeWorker): Promise<void> {
  worker.disconnect();
  await settle();
}

function beat(link: WorkerLink, times: number): void {
  for (let i = 0; i < times; i++) link.beat();
}

describe('a worker whose connection breaks', () => {
  it('is not lost yet, and gets what was meant for it when it is back', async () => {
    const { master, worker, link, resume } = await join();
    link.send({ type: 'lease', count: 1 });
    worker.send({ type: 'leaseRequest' });
    await settle();
    await disconnect(worker);
    link.send({ type: 'lease', count: 2 });
    expect(master.broken).toEqual(['1 the connection was closed']);
    const again = await connect(master, { resume: { ...resume, received: 1 } });
    expect(again.received.slice(1)).toEqual([
      { type: 'welcome', workerId: 1, resumeSecret: resume.secret, resumed: { received: 1, ended: false } },
      { type: 'lease', count: 2 },
    ]);
    again.send({ type: 'leaseEnd' });
    await settle();
    expect(master.heard).toEqual(['1 leaseRequest', '1 leaseEnd']);
    expect(master.links).toHaveLength(1);
  });

  it('is told how much of what it sent has come, so that it can forget that', async () => {
    const { worker, link } = await join();
    worker.send({ type: 'leaseRequest' });
    worker.reportStatus(1);
    worker.send({ type: 'leaseEnd' });
    await settle();
    link.beat();
    await settle();
    expect(worker.messages('heartbeat')).toEqual([{ type: 'heartbeat', received: 2, silentMs: 0 }]);
  });

  it('is missing after 4 s, may still deliver, and is told that its users are over', async () => {
    const { master, worker, link, resume } = await join();
    await disconnect(worker);
    beat(link, 4);
    expect(master.heard).toEqual([]);
    beat(link, 1);
    expect(master.heard).toEqual(['1 closed: nothing heard for 4 s']);
    const again = await connect(master, { resume });
    expect(again.messages('welcome')[0]?.resumed).toEqual({ received: 0, ended: true });
    again.send({ type: 'leaseEnd' });
    await settle();
    await disconnect(again);
    expect(master.heard.slice(1)).toEqual(['1 returned', '1 leaseEnd', '1 departed']);
  });

  it('has as much time as the run grants', async () => {
    const { master, worker, link } = await join();
    link.patienceMs = 15_000;
    await disconnect(worker);
    beat(link, 15);
    expect(master.heard).toEqual([]);
    beat(link, 1);
    expect(master.heard).toEqual(['1 closed: nothing heard for 15 s']);
  });

  it('counts as missing where its users have ended although nobody here missed it', async () => {
    const { master, worker, resume } = await join();
    await disconnect(worker);
    await connect(master, { resume: { ...resume, ended: true } });
    expect(master.heard).toEqual(['1 closed: it heard nothing of this master for too long', '1 returned']);
  });

  it('takes its place from a connection that only seems to be there', async () => {
    const { master, worker, link, resume } = await join();
    const again = await connect(master, { resume });
    expect(worker.closeReason).toBe('the worker came back on another connection');
    link.send({ type: 'stop' });
    worker.send({ type: 'leaseRequest' });
    await settle();
    expect([again.messages('stop').length, worker.messages('stop').length]).toEqual([1, 0]);
    expect(master.heard.filter((heard) => heard !== '1 final')).toEqual([]);
  });

  it('begins anew where its secret is wrong', async () => {
    const { master, worker, resume } = await join();
    await disconnect(worker);
    const other = await connect(master, { resume: { ...resume, secret: 'guessed' } });
    expect(other.messages('welcome')[0]).toMatchObject({ workerId: 2, resumed: null });
  });

  it('is lost at once where it cannot come back', async () => {
    const master = new Master();
    const worker = await connect(master, { hello: { resumes: false } });
    worker.disconnect('it crashed');
    await settle();
    expect(master.heard).toEqual(['1 closed: it crashed']);
  });

  it('keeps its number where it begins anew, and what it was before is over', async () => {
    const { master, worker, link, resume } = await join();
    await disconnect(worker);
    beat(link, 5);
    const anew = await connect(master, { resume: { ...resume, anew: true } });
    expect(anew.messages('welcome')[0]).toMatchObject({ workerId: 1, resumed: null });
    expect(anew.messages('welcome')[0]?.resumeSecret).not.toBe(resume.secret);
    expect(master.heard).toEqual(['1 closed: nothing heard for 4 s', '1 departed']);
    expect(master.links.map(({ id, isMissing }) => [id, isMissing])).toEqual([
      [1, true],
      [1, false],
    ]);
  });

  it('is given up where it begins anew before anybody here missed it', async () => {
    const { master, resume, worker } = await join();
    await connect(master, { resume: { ...resume, anew: true } });
    expect(master.heard).toEqual(['1 closed: it joins anew']);
    expect(worker.closeReason).toBe('it joins anew');
  });
});

describe('a message that cannot be right', () => {
  it('closes the connection, and comes again where the worker comes back', async () => {
    const { master, worker, resume } = await join();
    worker.sendBytes(Buffer.from('rubbish'));
    await settle();
    expect(worker.closeReason).toContain('a message is not readable as MessagePack');
    expect(master.heard).toEqual([]);
    expect(master.broken).toEqual([`1 ${worker.closeReason}`]);
    const again = await connect(master, { resume });
    again.send({ type: 'leaseRequest' });
    await settle();
    expect(master.heard).toEqual(['1 leaseRequest']);
  });

  it('is the end where it comes four times in a row', async () => {
    const { master, worker, resume } = await join();
    let last = worker;
    for (let i = 0; i < 4; i++) {
      last.sendBytes(Buffer.from('rubbish'));
      await settle();
      if (i < 3) last = await connect(master, { resume });
    }
    expect(master.heard[0]).toMatch(/^1 closed: a message is not readable as MessagePack/);
  });
});

describe('a long message that comes slowly', () => {
  /** A joined worker whose bytes come, but no whole message. */
  async function trickle() {
    const master = new Master();
    let bytes = 0;
    const accept = (connection: Connection): void =>
      master.accept(Object.defineProperty(connection, 'receivedBytes', { get: () => bytes }));
    const worker = new FakeWorker(accept, { hello: { resumes: true } }).greet();
    await settle();
    const [link] = master.links;
    worker.freeze();
    const pass = (seconds: number): void => {
      for (let i = 0; i < seconds; i++) {
        bytes += 2_000;
        if (link) beat(link, 1);
      }
    };
    return { master, worker, pass };
  }

  it('is a sign of life', async () => {
    const { master, worker, pass } = await trickle();
    pass(30);
    await settle();
    expect(master.heard).toEqual([]);
    expect(worker.messages('heartbeat').at(-1)).toMatchObject({ silentMs: 0 });
  });

  it('ends its connection where it is not there after 60 s', async () => {
    const { master, worker, pass } = await trickle();
    pass(62);
    await settle();
    expect([worker.closeReason, master.heard]).toEqual(['no whole message for 60 s', []]);
  });
});

describe('a worker of which nothing is heard', () => {
  it('is told so, since it may hear all of it', async () => {
    const { worker, link } = await join();
    worker.freeze();
    beat(link, 4);
    await settle();
    expect(worker.messages('heartbeat').map(({ silentMs }) => silentMs)).toEqual([0, 2_000, 3_000, 4_000]);
  });
});
