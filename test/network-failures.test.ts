import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, type TestContext } from 'vitest';
import {
  killHard,
  openScene,
  reported,
  type Scene,
  type SceneOptions,
  USERS,
  until,
} from './support/network-scene.ts';

// The clusters of this file mostly wait, so that several can do so at the same time.
const PATIENCE = { timeout: 90_000 };

async function open({ onTestFinished }: TestContext, options?: SceneOptions): Promise<Scene> {
  const scene = await openScene(options);
  onTestFinished(() => scene.close());
  return scene;
}

/** All workers have delivered everything: the report has exactly what the target served. */
async function expectAll(scene: Scene): Promise<string> {
  const finished = await scene.stop();
  expect(finished.stdout).toContain(`Numbers complete: ${scene.workers} of ${scene.workers} workers`);
  expect(reported(finished)).toBe(scene.api.counts().total);
  expect(finished.exitCode).toBe(0);
  return finished.stderr;
}

/** What a dead worker had not delivered is missing: at most its last seconds, and the report says so. */
async function expectLoss(scene: Scene, workers: string): Promise<void> {
  const finished = await scene.master.finished;
  expect(finished.stdout).toContain(`Numbers incomplete: ${workers} workers`);
  expect(finished.stdout).toMatch(/worker \d: nothing collected from second \d+ on/);
  expect(finished.exitCode).toBe(4);
  const missing = scene.api.counts().total - reported(finished);
  expect(missing).toBeGreaterThanOrEqual(0);
  // Its last two seconds at ten a second for each of its users, and what was in flight.
  expect(missing).toBeLessThanOrEqual(USERS * 10 * 3);
}

/** The users of the worker behind the network have moved to the other one. */
async function untilMoved(scene: Scene): Promise<void> {
  await scene.master.printed('nothing heard for 4 s');
  const users = USERS * (1 + 1 / scene.workers);
  await until(() => startedUsers(scene) === users, `${users} users, where ${startedUsers(scene)} started`);
}

/** They have moved back: each user that starts says hello. */
async function untilBack(scene: Scene): Promise<void> {
  await scene.master.printed('is back and delivers what it has');
  const users = USERS * (1 + 2 / scene.workers);
  await until(() => startedUsers(scene) === users, `${users} users, where ${startedUsers(scene)} started`);
}

function startedUsers({ api }: Scene): number {
  return api.counts().requests['POST /users'] ?? 0;
}

describe.concurrent('a network that fails for a while', PATIENCE, () => {
  it('for 30 s: no user runs twice, nothing is lost or counted twice, the worker keeps its number', async (context) => {
    const scene = await open(context);
    scene.proxy.cut();
    await untilMoved(scene);
    const { workers } = scene.api.counts();
    await delay(25_000);
    // It stopped by itself, although nobody could tell it to.
    expect(scene.api.counts().workers[scene.cutOffPid]).toBe(workers[scene.cutOffPid]);
    scene.proxy.restore();
    await untilBack(scene);
    expect(scene.mostUsers()).toBeLessThanOrEqual(USERS);
    await expectAll(scene);
  });

  it('for 2 s changes nothing: no sample is lost or counted twice, and no user moves', async (context) => {
    const scene = await open(context);
    scene.proxy.cut();
    await delay(2_000);
    scene.proxy.restore();
    await delay(2_500);
    await expectAll(scene);
    expect(startedUsers(scene)).toBe(USERS);
  });

  it('for 6 s, one of three workers: its users move and come back, nothing is lost or twice', async (context) => {
    const scene = await open(context, { beside: 2 });
    scene.proxy.cut();
    await untilMoved(scene);
    await delay(2_000);
    scene.proxy.restore();
    await untilBack(scene);
    expect(scene.mostUsers()).toBeLessThanOrEqual(USERS);
    await expectAll(scene);
  });

  it('for 6 s disturbs nobody under --on-worker-loss continue', async (context) => {
    const scene = await open(context, { master: ['--on-worker-loss', 'continue'] });
    scene.proxy.cut();
    await delay(6_000);
    scene.proxy.restore();
    await delay(2_500);
    await expectAll(scene);
    expect(startedUsers(scene)).toBe(USERS);
  });

  it('without a word: the silence is found out', async (context) => {
    const scene = await open(context);
    scene.proxy.swallow();
    await untilMoved(scene);
    scene.proxy.restore();
    await untilBack(scene);
    expect(await expectAll(scene)).toContain('is back and delivers');
  });

  it('so that the master hears nothing, but is heard: the users end all the same', async (context) => {
    const scene = await open(context);
    scene.proxy.up.drops = true;
    await untilMoved(scene);
    scene.proxy.restore();
    await untilBack(scene);
    expect(scene.mostUsers()).toBeLessThanOrEqual(USERS);
    await expectAll(scene);
  });

  it('so that the worker hears nothing, but is heard: it closes the connection and comes back', async (context) => {
    const scene = await open(context);
    scene.proxy.down.drops = true;
    await untilMoved(scene);
    scene.proxy.restore();
    await untilBack(scene);
    expect(scene.mostUsers()).toBeLessThanOrEqual(USERS);
    await expectAll(scene);
  });

  it('so that only the master knows: a half-open connection is found out by the silence', async (context) => {
    const scene = await open(context);
    scene.proxy.halfOpen();
    await untilMoved(scene);
    scene.proxy.restore();
    await untilBack(scene);
    expect(scene.mostUsers()).toBeLessThanOrEqual(USERS);
    await expectAll(scene);
  });

  it('in single bytes: the connection closes with the reason, and the message comes again', async (context) => {
    const scene = await open(context);
    for (const direction of [scene.proxy.up, scene.proxy.up, scene.proxy.down]) {
      direction.damages = 1;
      await until(() => direction.damages === 0, 'something to damage');
      await delay(1_500);
    }
    const log = await expectAll(scene);
    expect(log).toContain('lost its connection: a message was damaged on its way');
    expect(startedUsers(scene)).toBe(USERS);
  });
});

describe.concurrent('a network or a process that is slow', PATIENCE, () => {
  it('at 1 KiB/s and with 300 ms of delay: nobody is missing, and all arrives', async (context) => {
    const scene = await open(context);
    for (const direction of [scene.proxy.up, scene.proxy.down]) {
      Object.assign(direction, { bytesPerSecond: 1_024, delayMs: 300 });
    }
    await delay(10_000);
    const log = await expectAll(scene);
    expect(log).not.toContain('nothing heard');
    expect(startedUsers(scene)).toBe(USERS);
  });

  it('frozen for 2 s: nothing is lost, and no user moves', async (context) => {
    const scene = await open(context);
    process.kill(scene.cutOffPid, 'SIGSTOP');
    await delay(2_000);
    process.kill(scene.cutOffPid, 'SIGCONT');
    await delay(2_500);
    await expectAll(scene);
    expect(startedUsers(scene)).toBe(USERS);
  });

  it('frozen until it is missing: it delivers what it had, and takes its share again', async (context) => {
    const scene = await open(context);
    process.kill(scene.cutOffPid, 'SIGSTOP');
    await untilMoved(scene);
    process.kill(scene.cutOffPid, 'SIGCONT');
    await untilBack(scene);
    expect(await expectAll(scene)).toContain('is back and delivers');
  });
});

describe.concurrent('a process that is killed', PATIENCE, () => {
  it('while the load ramps up: the others take over, and the loss is declared', async (context) => {
    const scene = await open(context, { master: ['-u', '40', '-r', '4', '-t', '14s'] });
    killHard(scene.cutOffPid);
    await expectLoss(scene, '1 of 2');
    // All 40, and again those that were lost with it.
    expect(startedUsers(scene)).toBeGreaterThan(40);
  });

  it('while users finish: the master waits no longer than for one that is missing', async (context) => {
    const scene = await open(context, { api: { slowMs: 3_000 } });
    scene.master.process.kill('SIGINT');
    await scene.master.printed('stopping');
    killHard(scene.cutOffPid);
    await expectLoss(scene, '1 of 2');
    // Where it was killed in the middle of its users' first words, the target has not answered those.
    expect(startedUsers(scene)).toBeLessThanOrEqual(USERS);
  });

  it('and all others too: the run ends by itself', async (context) => {
    const scene = await open(context);
    for (const pid of [scene.besidePid, scene.cutOffPid]) killHard(pid);
    await expectLoss(scene, '0 of 2');
    expect(startedUsers(scene)).toBe(USERS);
  });

  it('and is the master: under continue the load ends within --master-lost-timeout', async (context) => {
    const scene = await open(context, {
      master: ['--on-worker-loss', 'continue', '--master-lost-timeout', '2s'],
    });
    scene.master.process.kill('SIGKILL');
    await delay(3_000);
    const { total, requests } = scene.api.counts();
    await delay(1_000);
    expect(scene.api.counts().total).toBe(total);
    expect(requests['GET /status']).toBe(USERS);
  });
});
