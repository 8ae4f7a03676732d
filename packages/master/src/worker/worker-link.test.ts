import { type Connection, MAX_GREETING_BYTES } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { FakeWorker, type FakeWorkerOptions, TOKEN } from '../fake-worker.case.ts';
import { WorkerLink, type WorkMessage } from './worker-link.ts';

/** What a link told its master. */
class Master {
  readonly joined: WorkerLink[] = [];
  onJoin: (link: WorkerLink) => void = () => {};
  readonly messages: WorkMessage[] = [];
  readonly closed: string[] = [];
  problem: Error | undefined;

  accept(connection: Connection): WorkerLink {
    return new WorkerLink(connection, TOKEN, {
      assignId: () => this.joined.length + 5,
      joined: (link) => {
        this.joined.push(link);
        this.onJoin(link);
      },
      message: (_link, message) => {
        if (this.problem) throw this.problem;
        this.messages.push(message);
      },
      closed: (_link, reason) => this.closed.push(reason),
    });
  }
}

interface Setup {
  readonly master: Master;
  readonly worker: FakeWorker;
  readonly link: WorkerLink;
}

function connect(options: FakeWorkerOptions = {}): Setup {
  const master = new Master();
  let link: WorkerLink | undefined;
  const worker = new FakeWorker((connection) => {
    link = master.accept(connection);
  }, options);
  return { master, worker, link: link as unknown as WorkerLink };
}

async function join(): Promise<Setup> {
  const setup = connect();
  setup.worker.greet();
  await settle();
  return setup;
}

function beat(link: WorkerLink, times: number): void {
  for (let i = 0; i < times; i++) link.beat();
}

describe('a worker that greets', () => {
  it('is welcomed under the id that it gets', async () => {
    const { master, worker, link } = await join();
    expect(worker.received.map(({ type }) => type)).toEqual(['challenge', 'welcome']);
    expect(worker.messages('welcome')[0]?.workerId).toBe(5);
    expect(master.joined).toEqual([link]);
    expect([link.hasJoined, link.id]).toEqual([true, 5]);
    expect(master.closed).toEqual([]);
  });

  it('hears what it is told on joining after the welcome', async () => {
    const { master, worker } = connect();
    master.onJoin = (link) => link.send({ type: 'stop' });
    worker.greet();
    await settle();
    expect(worker.received.map(({ type }) => type)).toEqual(['challenge', 'welcome', 'stop']);
  });

  it.each<[string, FakeWorkerOptions, string]>([
    ['another protocol', { hello: { protocol: 99 } }, 'the worker 99'],
    ['another layout', { hello: { histogram: { lowestUs: 1, highestUs: 1, digits: 1 } } }, 'other buckets'],
    ['another token', { token: 'wrong' }, 'the worker does not know the token of this master'],
  ])('with %s is told why it is refused, and cut off', async (_, options, reason) => {
    const { master, worker, link } = connect(options);
    worker.greet();
    await settle();
    expect(worker.messages('refused')[0]?.reason).toContain(reason);
    expect(worker.closeReason).toContain(reason);
    expect(worker.messages('welcome')).toEqual([]);
    expect(link.hasJoined).toBe(false);
    expect(master.joined).toEqual([]);
    expect(master.closed).toHaveLength(1);
  });

  it('with rubbish is refused', async () => {
    const { master, worker } = connect();
    worker.sendBytes(new TextEncoder().encode('GET / HTTP/1.1'));
    await settle();
    expect(worker.messages('refused')[0]?.reason).toMatch(/message/);
    expect(worker.closeReason).toBe(worker.messages('refused')[0]?.reason);
    expect(master.joined).toEqual([]);
  });

  it('at more than 64 KiB is refused unread', async () => {
    const { worker } = connect();
    worker.sendBytes(new Uint8Array(MAX_GREETING_BYTES + 1));
    await settle();
    expect(worker.messages('refused')[0]?.reason).toBe('the greeting has 65537 bytes, more than 65536');
    expect(worker.closeReason).toBeDefined();
  });

  it('gets no second try after a refusal', async () => {
    const { worker } = connect();
    worker.send({ type: 'proof', proof: 'guessed', resume: null });
    worker.greet();
    await settle();
    expect(worker.received.map(({ type }) => type)).toEqual(['refused']);
  });
});

describe('a worker that has joined', () => {
  it('has its messages passed on, with its users in mind', async () => {
    const { master, worker, link } = await join();
    worker.reportStatus(17);
    worker.send({ type: 'scriptReady', hash: 'ab' });
    await settle();
    expect(master.messages.map(({ type }) => type)).toEqual(['status', 'scriptReady']);
    expect(link.users).toBe(17);
  });

  it('has its pings answered and nobody bothered with them', async () => {
    const { master, worker } = await join();
    worker.send({ type: 'ping', id: 3 });
    await settle();
    expect(worker.received.at(-1)).toEqual({ type: 'pong', id: 3 });
    expect(master.messages).toEqual([]);
  });

  it('may send more than a greeting at once', async () => {
    const { master, worker } = await join();
    const line = { level: 'info', text: 'x'.repeat(9_000) } as const;
    worker.send({ type: 'log', lines: Array.from({ length: 10 }, () => line) });
    await settle();
    expect(master.messages).toHaveLength(1);
    expect(worker.closeReason).toBeUndefined();
  });

  it('is lost with the reason where it sends rubbish', async () => {
    const { master, worker } = await join();
    worker.sendBytes(new Uint8Array([1, 2, 3]));
    await settle();
    expect(master.closed).toEqual([worker.closeReason]);
    expect(worker.closeReason).toMatch(/message/);
    expect(worker.messages('refused')).toEqual([]);
  });

  it.each(['hello', 'proof'] as const)('is lost where it sends a second %s', async (type) => {
    const { master, worker } = await join();
    worker.send(type === 'hello' ? worker.hello : { type, proof: '', resume: null });
    await settle();
    expect(master.closed).toEqual([`the worker sent a second ${type}`]);
  });

  it('is lost with the reason where the master cannot use what it sent', async () => {
    const { master, worker } = await join();
    master.problem = new Error('a snapshot was damaged');
    worker.reportStatus(1);
    await settle();
    expect(master.closed).toEqual(['a snapshot was damaged']);
    expect(worker.closeReason).toBe('a snapshot was damaged');
  });

  it('is not listened to any more once it was given up', async () => {
    const { master, worker, link } = await join();
    worker.reportStatus(9);
    worker.send({ type: 'scriptReady', hash: 'ab' });
    link.lose('it has to go');
    await settle();
    expect(master.messages).toEqual([]);
    expect(link.users).toBe(0);
    expect(master.closed).toEqual(['it has to go']);
  });

  it('is reported as gone once, with what the connection says', async () => {
    const { master, worker, link } = await join();
    worker.disconnect('the cable was cut');
    await settle();
    link.lose('it has to go');
    expect(master.closed).toEqual(['the cable was cut']);
  });
});

describe('the heartbeat', () => {
  it('reaches workers that have joined, not strangers', async () => {
    const stranger = connect();
    const { worker, link } = await join();
    stranger.link.beat();
    link.beat();
    await settle();
    expect(worker.messages('heartbeat')).toHaveLength(1);
    expect(stranger.worker.received).toEqual([]);
  });

  it('gives up a worker with the fifth beat in silence: at least 4 s', async () => {
    const { master, worker, link } = await join();
    worker.freeze();
    beat(link, 4);
    expect(master.closed).toEqual([]);
    beat(link, 1);
    expect(master.closed).toEqual(['nothing heard for 4 s']);
  });

  it('starts to count again with any message', async () => {
    const { master, worker, link } = await join();
    worker.freeze();
    beat(link, 4);
    worker.send({ type: 'ping', id: 1 });
    await settle();
    beat(link, 4);
    expect(master.closed).toEqual([]);
  });

  it('also gives up a stranger who never greets', async () => {
    const { worker, link } = connect();
    beat(link, 5);
    await settle();
    expect(worker.closeReason).toBe('nothing heard for 4 s');
  });
});
