import { describe, expect, it } from 'vitest';
import { settle, until } from './fake-clock.case.ts';
import { connectWorker } from './fake-master.case.ts';
import { createUserScript } from './script/test-script.case.ts';

const steps: string[] = [];
Object.assign(globalThis, { loadtsSteps: steps });

describe('a worker whose run is paused', () => {
  it('begins no iteration until it is resumed, whatever else it hears', async () => {
    steps.length = 0;
    const { master, clock } = await connectWorker();
    await master.greet();
    master.sendScript(
      createUserScript(
        'ApiUser',
        "waitTime = constant(1); step() { globalThis.loadtsSteps.push('step'); }",
        'step',
      ),
    );
    await master.last('scriptReady');
    master.start();
    master.plan({ users: 1 });
    await until(() => steps.length === 1);
    await clock.advance(1_500);
    expect(steps).toHaveLength(2);
    master.send({ type: 'pause', paused: true, atUs: 0 });
    await settle();
    for (let i = 0; i < 6; i++) {
      master.send({ type: 'heartbeat', received: 0, silentMs: 0 });
      await clock.advance(500);
    }
    expect(steps).toHaveLength(2);
    master.send({ type: 'pause', paused: false, atUs: 0 });
    await until(() => steps.length === 3);
    await clock.advance(1_000);
    expect(steps).toHaveLength(4);
  });
});
