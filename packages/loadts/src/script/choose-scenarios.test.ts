import { arrivalRate, parseThresholds, rampingArrivalRate, stages } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../config/run-config.ts';
import { chooseClasses, chooseScenarios } from './choose-scenarios.ts';
import { endOfRun } from './chosen-scenario.ts';
import { describeContents, describeTaskRatios } from './describe-scenarios.ts';
import { Browser, Buyer, Guest, Steps } from './scenario-classes.case.ts';

const DEFAULTS = {
  users: 1,
  spawnRate: 1,
  tags: [],
  excludeTags: [],
  thresholds: [],
} as unknown as RunConfig;
const scenarios = {
  browse: { userClass: [Browser, Guest], users: 20, spawnRate: 'all', runTime: '30s' },
  buy: { userClass: Buyer, rate: 50, maxUsers: 9, startAfter: '10s' },
};
const SCRIPT = { Browser, Buyer, Guest, scenarios };

/** The scenarios of a run for which this was given, and nothing else. */
function choose(given: Partial<RunConfig> = {}, exports: Readonly<Record<string, unknown>> = SCRIPT) {
  const fields = new Set(Object.keys(given) as (keyof RunConfig)[]);
  return chooseScenarios({ exports, config: { ...DEFAULTS, ...given }, given: fields });
}

const summarize = (...args: Parameters<typeof choose>) =>
  choose(...args).scenarios.map(({ name, classes, startMs, endMs }) => [
    name,
    classes.map((userClass) => userClass.name).join(),
    startMs,
    endMs,
  ]);

describe('the scenarios of a run', () => {
  it('are the one without a name that the options describe, where the script names none', () => {
    const [only] = choose({ users: 5, runTimeMs: 9_000 }, { Browser, Buyer }).scenarios;
    expect(only).toMatchObject({ name: undefined, users: 5, spawnRate: 1, startMs: 0, endMs: 9_000 });
    expect(only?.classes.map(({ name }) => name)).toEqual(['Browser', 'Buyer']);
    const rate = rampingArrivalRate([{ duration: 4, rate: 5 }]);
    expect(choose({ runTimeMs: 9_000 }, { Browser, rate }).scenarios[0]?.endMs).toBe(4_000);
  });

  it('are all that the script names, each with its classes and its time', () => {
    expect(summarize()).toEqual([
      ['browse', 'Browser,Guest', 0, 30_000],
      ['buy', 'Buyer', 10_000, undefined],
    ]);
    expect(endOfRun(choose().scenarios)).toBeUndefined();
  });

  it('end with the run time at the latest', () => {
    expect(summarize({ runTimeMs: 25_000 }).map(([, , , endMs]) => endMs)).toEqual([25_000, 25_000]);
    expect(endOfRun(choose({ runTimeMs: 60_000 }).scenarios)).toBe(60_000);
    const rate = rampingArrivalRate([{ duration: 4, rate: 5 }]);
    const ramp = { Buyer, scenarios: { buy: { userClass: Buyer, rate, startAfter: 3, runTime: 60 } } };
    expect(summarize({}, ramp)).toEqual([['buy', 'Buyer', 3_000, 7_000]]);
    expect(endOfRun(choose({ runTimeMs: 60_000 }, ramp).scenarios)).toBe(7_000);
  });

  it('can be chosen by name and by class', () => {
    expect(summarize({ scenarios: ['buy'] }).map(([name]) => name)).toEqual(['buy']);
    expect(summarize({ classes: ['Guest'] })).toEqual([['browse', 'Guest', 0, 30_000]]);
    expect(() => choose({ scenarios: ['bay'] })).toThrow('the script has no scenario "bay"');
    expect(() => choose({ classes: ['Buyer'], scenarios: ['browse'] })).toThrow(
      'the script has no user class in a scenario "Buyer"',
    );
    expect(() => choose({ scenarios: ['buy'] }, { Browser })).toThrow(
      '--scenario: the script names no scenarios',
    );
  });

  it('are not decided over by options as well, and say all of that at once', () => {
    const wrong = () =>
      choose({
        users: 5,
        rate: 9,
        shape: 'Steps',
        iterations: 3,
        runTimeMs: 10_000,
        thresholds: parseThresholds(['p95{scenario="buyy"} < 1s', 'p95{stage="1"} < 1s']),
      });
    expect(wrong).toThrow('--users, --shape, --rate: the scenarios of the script say how much load there is');
    expect(wrong).toThrow('--iterations: a rate starts as many as fit into the run time, as in buy');
    expect(wrong).toThrow('scenarios.buy.startAfter: 10 s is not before the end of the run, --run-time 10');
    expect(wrong).toThrow('p95{scenario="buyy"} < 1s: the script has no scenario "buyy"; did you mean buy?');
    expect(wrong).toThrow(
      'each scenario has stages of its own; name the scenario beside it: {scenario="browse"',
    );
    expect(() => choose({ profile: 'spike', users: 200 })).toThrow(
      '--profile spike: the scenarios of the script',
    );
    expect(() => choose({ iterations: 5, scenarios: ['browse'] })).not.toThrow();
  });

  it('have thresholds of their own, which those that were not chosen take with them', () => {
    const thresholds = parseThresholds([
      'p95 < 1s',
      'p95{scenario="buy"} < 1s',
      'p95{scenario="browse"} < 1s',
    ]);
    expect(choose({ thresholds }).thresholds).toHaveLength(3);
    const chosen = choose({ thresholds, scenarios: ['buy'] });
    expect(chosen.thresholds.map(({ selectors }) => selectors[0]?.value)).toEqual([undefined, 'buy']);
    expect(chosen.warnings).toEqual([
      'p95{scenario="browse"} < 1s is left out, since its scenario was not chosen',
    ]);
    expect(() => choose({ thresholds: thresholds.slice(1, 2) }, { Browser })).toThrow(
      'p95{scenario="buy"} < 1s: the script names no scenarios',
    );
    expect(
      choose({ thresholds: parseThresholds(['p95{stage="1"} < 1s']) }, { Browser }).thresholds,
    ).toHaveLength(1);
  });

  it('leave classes without users that are in none of them, with a warning', () => {
    const { warnings } = choose({}, { Browser, Buyer, scenarios: { buy: scenarios.buy } });
    expect(warnings).toEqual(['Browser is in no scenario: it has no users']);
  });

  it('are listed with their load and their time', () => {
    const shape = stages([{ duration: 5, users: 3 }]);
    const listed = {
      ...SCRIPT,
      scenarios: {
        browse: { userClass: Browser, users: 20, startAfter: 2 },
        buy: { userClass: Buyer, rate: arrivalRate({ rate: 50, maxUsers: 9 }), runTime: '1m' },
        steps: { userClass: Guest, shape },
      },
    };
    expect(describeContents(choose({}, listed).scenarios)).toMatchInlineSnapshot(`
      "User classes:
        Browser
        Buyer
        Guest
      Scenarios:
        browse  20 users of Browser, 1/s, from 2 s
        buy     50 iterations/s on up to 9 users of Buyer, until 60 s
        steps   users of Guest as shape steps says"
    `);
    expect(describeContents(choose({}, { Browser, Buyer }).scenarios)).toBe(
      'User classes:\n  Browser\n  Buyer',
    );
  });

  it('have task ratios of their own', () => {
    const text = describeTaskRatios(
      choose({}, { ...SCRIPT, scenarios: { ...scenarios, buy: { userClass: Buyer, shape: Steps } } })
        .scenarios,
    );
    expect(text).toMatch(/^Scenario browse\nTask ratio:\n +50\.0 % +Browser \(10 of 20 users\)/);
    expect(text).toMatch(/\n\nScenario buy\nTask ratio:\n +100\.0 % +Buyer \(100 of 100 users\)/);
    expect(describeTaskRatios(choose({}, { Browser }).scenarios)).toMatch(/^Task ratio:/);
  });
});

describe('the user classes where something else decides over the load', () => {
  const namesOf = (
    given: Partial<RunConfig>,
    exports: Readonly<Record<string, unknown>> = SCRIPT,
  ): string[] => chooseClasses({ exports, config: { ...DEFAULTS, ...given } }).map(({ name }) => name);

  it('are those of all scenarios, or of those that are chosen', () => {
    expect(namesOf({})).toEqual(['Browser', 'Guest', 'Buyer']);
    expect(namesOf({ scenarios: ['browse'] })).toEqual(['Browser', 'Guest']);
    expect(namesOf({ scenarios: ['browse'], classes: ['Guest'] })).toEqual(['Guest']);
  });

  it('are all where the script names no scenarios, and then none can be chosen', () => {
    expect(namesOf({}, { Browser, Buyer })).toEqual(['Browser', 'Buyer']);
    expect(() => namesOf({ scenarios: ['buy'] }, { Buyer })).toThrow('the script names no scenarios');
    expect(() => namesOf({ scenarios: ['bey'] })).toThrow('bey');
  });
});
