import type { MasterMessage } from '@loadts/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LoadControl } from './load-control.ts';
import type { LoadSource } from './load-source.ts';
import type { ScenarioSettings } from './run-settings.ts';
import { sampleScenario } from './scenario-settings.case.ts';

const WORKERS = [1, 2, 3];
const SECONDS = 20;

/** The plans that worker 1 gets, by scenario, with the moment at which it gets them; and the users then. */
function steerAll(
  scenarios: readonly ScenarioSettings[],
  loads: readonly (readonly number[])[],
  lostAt: number,
) {
  let elapsedUs = 0;
  const told: { atUs: number; message: MasterMessage }[] = [];
  const createLoad = (users: readonly number[], seconds: () => number): LoadSource => {
    return () => {
      const wanted = users[Math.floor(seconds())];
      return wanted === undefined ? undefined : { users: wanted, spawnRate: 4 };
    };
  };
  const control = new LoadControl({
    settings: { scenarios, seed: 1, runTimeMs: undefined },
    workerIds: WORKERS,
    createLoad: ({ runTimeSeconds }, index) => createLoad(loads[index] ?? [], runTimeSeconds),
    elapsedUs: () => elapsedUs,
    announce: (messageFor) => {
      const message = messageFor(1);
      if (message) told.push({ atUs: elapsedUs, message });
    },
  });
  const users: number[] = [];
  for (let second = 0; second < SECONDS; second++) {
    elapsedUs = second * 1_000_000;
    if (second === lostAt) control.removeWorker(3, true, false);
    control.steer();
    elapsedUs += 999_999;
    users.push(control.plannedUsers);
  }
  return { told, users };
}

const scenarioAt = (name: string, startSecond: number): ScenarioSettings =>
  sampleScenario({ name, startMs: startSecond * 1_000 });

it('several scenarios are the union of each alone, later by its start', () => {
  const load = fc.array(fc.nat(12), { minLength: 1, maxLength: 6 });
  const start = fc.nat(5);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(load, start), { minLength: 1, maxLength: 4 }),
      fc.nat(SECONDS),
      (all, lostAt) => {
        // One that goes on for ever, so that the run does not end with the last of the others.
        const forever = Array.from({ length: SECONDS }, () => 1);
        const loads = [...all.map(([users]) => users), forever];
        const starts = [...all.map(([, second]) => second), 0];
        const scenarios = starts.map((second, index) => scenarioAt(`s${index}`, second));
        const together = steerAll(scenarios, loads, lostAt);
        const alone = loads.map((users, index) =>
          steerAll(
            [scenarios[index] as ScenarioSettings, scenarioAt('forever', 0)],
            [users, forever],
            lostAt,
          ),
        );
        for (let second = 0; second < SECONDS; second++) {
          const sum = alone.reduce((total, one) => total + (one.users[second] as number), 0);
          expect(together.users[second]).toBe(sum - loads.length);
        }
        for (const [index, one] of alone.entries()) {
          const own = ({ message }: { readonly message: MasterMessage }, scenario: number) =>
            message.type === 'plan' && message.scenario === scenario;
          const plans = together.told.filter((each) => own(each, index));
          expect(plans.map(({ atUs, message }) => ({ atUs, message: { ...message, scenario: 0 } }))).toEqual(
            one.told.filter((each) => own(each, 0)),
          );
        }
      },
    ),
    { numRuns: 40 },
  );
});

it('the next moment is the next start or end of a scenario, or the end of the run', () => {
  const scenarios = [
    sampleScenario({ name: 'a', startMs: 500, endMs: 2_250 }),
    sampleScenario({ name: 'b', startMs: 1_500 }),
  ];
  const control = new LoadControl({
    settings: { scenarios, seed: 1, runTimeMs: 4_000 },
    workerIds: WORKERS,
    createLoad: () => () => undefined,
    elapsedUs: () => 0,
    announce: () => {},
  });
  const moments = [0, 500_000, 1_500_000, 2_250_000, 4_000_000];
  expect(moments.map((elapsedUs) => control.nextMomentUs(elapsedUs))).toEqual([
    500_000,
    1_500_000,
    2_250_000,
    4_000_000,
    Number.POSITIVE_INFINITY,
  ]);
});
