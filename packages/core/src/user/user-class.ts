import { LoadtsError } from '../errors.ts';
import { readTasks, type TaskDefinition } from './task.ts';
import { User, type UserConstructor } from './user.ts';

/** What the master and the worker need to know of a user class of the script. */
export interface UserClass {
  readonly name: string;
  readonly weight: number;
  readonly fixedCount: number;
  readonly host: string | undefined;
  readonly tasks: readonly TaskDefinition[];
  readonly create: UserConstructor;
}

/**
 * The user classes among a script's exports, in the order of their names' first appearance.
 * @throws LoadtsError `SCRIPT_NO_USERS`, `SCRIPT_NO_TASKS` or, for a bad static, `SCRIPT_LOAD_FAILED`.
 */
export function readUserClasses(exports: Readonly<Record<string, unknown>>): UserClass[] {
  const constructors = new Set<UserConstructor>();
  for (const value of Object.values(exports)) {
    if (isUserConstructor(value) && !isAbstract(value)) constructors.add(value);
  }
  const classes = [...constructors]
    .map(describeClass)
    .filter((userClass) => userClass.weight > 0 || userClass.fixedCount > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (classes.length === 0) {
    throw new LoadtsError('SCRIPT_NO_USERS', 'the script exports no user class with a weight above 0', {
      hint: 'export a class: export class ApiUser extends HttpUser { @task async home() { await this.client.get("/") } }',
    });
  }
  return classes;
}

function isUserConstructor(value: unknown): value is UserConstructor {
  return typeof value === 'function' && value.prototype instanceof User;
}

function isAbstract(userClass: UserConstructor): boolean {
  return Object.hasOwn(userClass, 'abstract') && userClass.abstract;
}

function describeClass(create: UserConstructor): UserClass {
  const { name, weight, fixedCount, host } = create;
  const tasks = readTasks(create);
  if (tasks.length === 0) {
    throw new LoadtsError('SCRIPT_NO_TASKS', `${name} has no task`, {
      hint: 'put @task before at least one of its methods',
    });
  }
  if (!(Number.isFinite(weight) && weight >= 0)) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `${name}.weight is ${weight}`, {
      hint: 'a weight is a number, 0 or more',
    });
  }
  if (!(Number.isSafeInteger(fixedCount) && fixedCount >= 0)) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `${name}.fixedCount is ${fixedCount}`, {
      hint: 'a fixed count is a whole number, 0 or more',
    });
  }
  return { name, weight, fixedCount, host, tasks, create };
}
