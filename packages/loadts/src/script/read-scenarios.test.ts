import { arrivalRate, rampingArrivalRate, readUserClasses, stages } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { readScenarios } from './read-scenarios.ts';
import { Browser, Buyer, Guest, Steps } from './scenario-classes.case.ts';

const CLASSES = readUserClasses({ Browser, Buyer, Guest });
const read = (exported: unknown) => readScenarios(exported, CLASSES);
const problemsOf = (exported: unknown) => read(exported).problems.map(({ text, hint }) => `${text}; ${hint}`);

describe('the scenarios of a script', () => {
  it('have their classes, their load and their time', () => {
    const shape = stages([{ duration: 5, users: 3 }]);
    const { definitions, problems } = read({
      browse: { userClass: [Browser, Guest], users: 20, spawnRate: 5, startAfter: '10s', runTime: '1m' },
      buy: { userClass: Buyer, rate: arrivalRate({ rate: 50, poisson: true }), maxUsers: 7, startAfter: 0.5 },
    });
    expect(problems).toEqual([]);
    expect(definitions.map(({ classes, ...rest }) => [classes.map(({ name }) => name), rest])).toMatchObject([
      [
        ['Browser', 'Guest'],
        { name: 'browse', users: 20, spawnRate: 5, arrivals: undefined, startMs: 10_000, runTimeMs: 60_000 },
      ],
      [['Buyer'], { name: 'buy', users: undefined, startMs: 500, runTimeMs: undefined }],
    ]);
    expect(definitions[1]?.arrivals).toMatchObject({ maxUsers: 7, whenBusy: 'drop', poisson: true });
    expect(read({ a: { userClass: Buyer, shape } }).definitions[0]).toMatchObject({ shape, startMs: 0 });
    // Made by a function: messages name it by its scenario.
    expect(shape.name).toBe('a');
    expect(read({ a: { userClass: Buyer, shape: Steps } }).definitions[0]?.shape?.name).toBe('Steps');
  });

  it('have a rate as a number too, or one that changes', () => {
    const ramp = rampingArrivalRate([{ duration: '10s', rate: 5 }], { whenBusy: 'queue' });
    const { definitions } = read({
      steady: { userClass: Buyer, rate: 5, whenBusy: 'queue' },
      ramp: { userClass: Browser, rate: ramp },
    });
    expect(definitions.map(({ arrivals }) => arrivals)).toEqual([
      { ...arrivalRate({ rate: 5 }).plan, whenBusy: 'queue' },
      ramp.plan,
    ]);
  });

  it.each([
    [7, 'scenarios: 7 is not an object of scenarios by name; write export const scenarios = {'],
    [[], 'scenarios: [] is not an object of scenarios by name'],
    [{}, 'scenarios: there are none; write export const scenarios = {'],
    [{ buy: 5 }, 'scenarios.buy: is 5; write { userClass: Browser, users: 20 }'],
    [{ 'a b': { userClass: Buyer, users: 1 } }, 'scenarios.a b: is not a name for a scenario; use letters'],
    [
      { buy: { users: 1 } },
      'scenarios.buy.userClass: is missing; name one user class or a list; the script has Browser, Buyer, Guest',
    ],
    [{ buy: { userClass: [], users: 1 } }, 'scenarios.buy.userClass: is missing'],
    [
      { buy: { userClass: Steps, users: 1 } },
      'scenarios.buy.userClass: Steps is not a user class that the script exports; export it',
    ],
    [{ buy: { userClass: Buyer } }, 'scenarios.buy: does not say how much load it is; add users: 20, shape'],
    [
      { buy: { userClass: Buyer, shape: Steps, rate: 5 } },
      'scenarios.buy: has shape and rate, each of which decides over the load; leave',
    ],
    [{ buy: { userClass: Buyer, shape: 5 } }, 'scenarios.buy.shape: 5 is not a shape; use stages([...])'],
    [{ buy: { userClass: Buyer, rate: 0 } }, 'scenarios.buy: rate: 0 is not a number above 0'],
    [
      { buy: { userClass: Buyer, rate: 5, maxUsers: 0 } },
      'scenarios.buy: maxUsers: 0 is not a number of users',
    ],
    [
      { buy: { userClass: Buyer, users: 5, maxUsers: 3 } },
      'scenarios.buy.maxUsers: is there without rate; add rate',
    ],
    [{ buy: { userClass: Buyer, rate: 5, spawnRate: 3 } }, 'scenarios.buy.spawnRate: is there without users'],
    [{ buy: { userClass: Buyer, users: -1 } }, 'scenarios.buy.users: -1 is not a number of users'],
    [{ buy: { userClass: Buyer, users: 1, spawnRate: 0 } }, 'scenarios.buy.spawnRate: 0 is not a spawn rate'],
    [
      { buy: { userClass: Buyer, users: 1, startAfter: -5 } },
      'scenarios.buy.startAfter: -5 is not a duration; use seconds from 0 on',
    ],
    [{ buy: { userClass: Buyer, users: 1, runTime: 0 } }, 'scenarios.buy.runTime: is 0; leave it out'],
    [
      { buy: { userClass: Buyer, users: 1, startsAfter: 5 } },
      'scenarios.buy.startsAfter: is not known; did you mean startAfter?',
    ],
    [
      { a: { userClass: Buyer, users: 1 }, b: { userClass: [Browser, Buyer], users: 1 } },
      'scenarios.b.userClass: Buyer belongs to a already; give it a class of its own: export class OtherBuyer extends Buyer {}',
    ],
    [{ a: { userClass: [Buyer, Buyer], users: 1 } }, 'scenarios.a.userClass: Buyer is there twice'],
  ])('cannot be %j', (exported, problem) => {
    const problems = problemsOf(exported);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('have all that is wrong with them told at once', () => {
    const wrong = { a: { userClass: Steps, user: 5, startAfter: 'soon' }, b: null };
    expect(problemsOf(wrong).map((problem) => problem.split(':')[0])).toEqual([
      'scenarios.a.user',
      'scenarios.a',
      'scenarios.a.userClass',
      'scenarios.a.startAfter',
      'scenarios.b',
    ]);
  });
});
