import {
  type ArrivalPlan,
  ArrivalRate,
  arrivalRate,
  type Duration,
  LoadTestShape,
  LoadtsError,
  parseDurationMs,
  type Scenario,
  type ShapeConstructor,
  type SpawnRate,
  suggest,
  type UserClass,
} from '@loadts/core';
import { TEXT_LIMITS } from '@loadts/protocol';
import { type Problem, showValue } from '../config/problem.ts';

/** A scenario as the script defines it, read and checked. */
export interface ScenarioDefinition {
  readonly name: string;
  readonly classes: readonly UserClass[];
  /** How many users it has, where neither a shape nor a rate decides. */
  readonly users: number | undefined;
  readonly spawnRate: SpawnRate;
  readonly shape: ShapeConstructor | undefined;
  readonly arrivals: ArrivalPlan | undefined;
  readonly startMs: number;
  readonly runTimeMs: number | undefined;
}

type Field = keyof Scenario;
type Raw = Readonly<Partial<Record<Field, unknown>>>;

const FIELDS: readonly Field[] = [
  'userClass',
  'users',
  'spawnRate',
  'shape',
  'rate',
  'maxUsers',
  'whenBusy',
  'startAfter',
  'runTime',
];
const LOADS = ['users', 'shape', 'rate'] as const;
const BESIDE: readonly (readonly [Field, (typeof LOADS)[number]])[] = [
  ['spawnRate', 'users'],
  ['maxUsers', 'rate'],
  ['whenBusy', 'rate'],
];
const MAX_USERS = 10_000_000;
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$-]*$/u;

/** Reads one scenario and notes all that is wrong with it. */
export class ScenarioReader {
  readonly #name: string;
  readonly #known: readonly UserClass[];
  readonly problems: Problem[] = [];

  constructor(name: string, known: readonly UserClass[]) {
    this.#name = name;
    this.#known = known;
  }

  /** Undefined for what is no scenario at all. */
  read(value: unknown): ScenarioDefinition | undefined {
    if (!NAME.test(this.#name) || this.#name.length > TEXT_LIMITS.scenario) {
      this.#note('', 'is not a name for a scenario', 'use letters, digits, _ and -, as in browse or buy-now');
    }
    if (typeof value !== 'object' || value === null) {
      this.#note('', `is ${showValue(value)}`, 'write { userClass: Browser, users: 20 }');
      return undefined;
    }
    const raw: Raw = value;
    this.#findUnknown(raw);
    this.#findContradictions(raw);
    return {
      name: this.#name,
      classes: this.#readClasses(raw.userClass),
      users: this.#readUsers(raw.users),
      spawnRate: this.#readSpawnRate(raw.spawnRate),
      shape: this.#readShape(raw.shape),
      arrivals: this.#readArrivals(raw),
      startMs: this.#readDuration('startAfter', raw.startAfter) ?? 0,
      runTimeMs: this.#readRunTime(raw.runTime),
    };
  }

  #findUnknown(raw: Raw): void {
    for (const field of Object.keys(raw)) {
      if (FIELDS.includes(field as Field)) continue;
      this.#note(field, 'is not known', suggest(field, FIELDS, `a scenario has ${FIELDS.join(', ')}`));
    }
  }

  #findContradictions(raw: Raw): void {
    const loads = LOADS.filter((field) => raw[field] !== undefined);
    if (loads.length === 0) {
      const hint = 'add users: 20, shape: stages([...]) or rate: 50';
      this.#note('', 'does not say how much load it is', hint);
    } else if (loads.length > 1) {
      this.#note(
        '',
        `has ${loads.join(' and ')}, each of which decides over the load`,
        'leave all but one away',
      );
    }
    for (const [field, other] of BESIDE) {
      if (raw[field] === undefined || raw[other] !== undefined) continue;
      this.#note(field, `is there without ${other}`, `add ${other}, or leave it out`);
    }
  }

  #readClasses(value: unknown): UserClass[] {
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (value === undefined || all.length === 0) {
      const names = this.#known.map(({ name }) => name).join(', ');
      this.#note('userClass', 'is missing', `name one user class or a list; the script has ${names}`);
      return [];
    }
    return all.flatMap((one) => {
      const found = this.#known.find(({ create }) => create === one);
      if (!found) {
        const hint = 'export it, with a weight above 0 and not abstract';
        this.#note('userClass', `${showClass(one)} is not a user class that the script exports`, hint);
      }
      return found ?? [];
    });
  }

  #readUsers(value: unknown): number | undefined {
    if (value === undefined) return undefined;
    if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_USERS) return Number(value);
    this.#note(
      'users',
      `${showValue(value)} is not a number of users`,
      `use a whole number up to ${MAX_USERS}`,
    );
    return undefined;
  }

  #readSpawnRate(value: unknown): SpawnRate {
    if (value === undefined) return 1;
    if (value === 'all' || (Number.isFinite(value) && Number(value) > 0)) return value as SpawnRate;
    this.#note('spawnRate', `${showValue(value)} is not a spawn rate`, "use a number above 0, or 'all'");
    return 1;
  }

  #readShape(value: unknown): ShapeConstructor | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'function' && value.prototype instanceof LoadTestShape) {
      // As `stages()` makes it: messages name it by its scenario.
      if (value.name === '') Object.defineProperty(value, 'name', { value: this.#name });
      return value as ShapeConstructor;
    }
    const hint = 'use stages([...]), or a class that extends LoadTestShape';
    this.#note('shape', `${showClass(value)} is not a shape`, hint);
    return undefined;
  }

  #readArrivals({ rate, maxUsers, whenBusy }: Raw): ArrivalPlan | undefined {
    if (rate === undefined) return undefined;
    const given = {
      ...(maxUsers !== undefined && { maxUsers }),
      ...(whenBusy !== undefined && { whenBusy }),
    } as Pick<ArrivalPlan, 'maxUsers' | 'whenBusy'>;
    const isRead = rate instanceof ArrivalRate;
    try {
      const { plan } = arrivalRate({ rate: isRead ? 1 : (rate as number), ...given });
      return isRead ? { ...rate.plan, ...given } : plan;
    } catch (error) {
      if (!(error instanceof LoadtsError)) throw error;
      const hint = 'use a number a second, arrivalRate({...}) or rampingArrivalRate([...])';
      for (const line of error.message.split('\n')) this.#note('', line, hint);
      return undefined;
    }
  }

  #readDuration(field: Field, value: unknown): number | undefined {
    if (value === undefined) return undefined;
    try {
      return parseDurationMs(value as Duration);
    } catch {
      const hint = "use seconds from 0 on, or a text such as '500ms', '30s', '1h20m'";
      this.#note(field, `${showValue(value)} is not a duration`, hint);
      return undefined;
    }
  }

  #readRunTime(value: unknown): number | undefined {
    const ms = this.#readDuration('runTime', value);
    if (ms === 0) this.#note('runTime', 'is 0', 'leave it out, or give it a time');
    return ms;
  }

  #note(field: string, wrong: string, hint: string): void {
    const where = field === '' ? `scenarios.${this.#name}` : `scenarios.${this.#name}.${field}`;
    this.problems.push({ text: `${where}: ${wrong}`, hint });
  }
}

function showClass(value: unknown): string {
  return typeof value === 'function' && value.name !== '' ? value.name : showValue(value);
}
