import { LoadtsError } from '../errors.ts';
import { readTasks, startReading } from './read-tasks.ts';
import type { TaskDefinition } from './task-definition.ts';
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
 * The user classes among a script's exports, by name, without those that no user would belong to.
 * @throws LoadtsError `SCRIPT_NO_USERS`, `SCRIPT_NO_TASKS` or, for a bad static or a name used twice,
 * `SCRIPT_LOAD_FAILED`; several problems at once have the first one's code.
 */
export function readUserClasses(exports: Readonly<Record<string, unknown>>): UserClass[] {
  const constructors = [...new Set(Object.values(exports))].filter(isUserConstructor);
  const unreadable: LoadtsError[] = [];
  const described = constructors.map((create) => describeClass(create, unreadable));
  throwProblems([...unreadable, ...described.flatMap(findProblems), ...findRepeatedNames(described)]);
  const classes = described
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
  return typeof value === 'function' && value.prototype instanceof User && !isAbstract(value);
}

function isAbstract(userClass: object): boolean {
  return Object.hasOwn(userClass, 'abstract') && Boolean((userClass as UserConstructor).abstract);
}

function describeClass(create: UserConstructor, problems: LoadtsError[]): UserClass {
  const { name, weight, fixedCount, host } = create;
  return { name, weight, fixedCount, host, tasks: readTasks(create, startReading(problems)), create };
}

function findProblems({ name, weight, fixedCount, tasks }: UserClass): LoadtsError[] {
  const problems: LoadtsError[] = [];
  if (tasks.length === 0) {
    problems.push(
      new LoadtsError('SCRIPT_NO_TASKS', `${name} has no task`, {
        hint: 'put @task before at least one of its methods, list task sets in static tasks, or put static abstract = true into a class to extend',
      }),
    );
  }
  if (!(Number.isFinite(weight) && weight >= 0)) {
    problems.push(badStatic(`${name}.weight is ${weight}`, 'a weight is a number, 0 or more'));
  }
  if (!(Number.isSafeInteger(fixedCount) && fixedCount >= 0)) {
    problems.push(
      badStatic(`${name}.fixedCount is ${fixedCount}`, 'a fixed count is a whole number, 0 or more'),
    );
  }
  return problems;
}

/** Plans and reports know a class by its name. */
function findRepeatedNames(classes: readonly UserClass[]): LoadtsError[] {
  const names = classes.map((userClass) => userClass.name);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  return [...new Set(repeated)].map((name) =>
    badStatic(`the script exports different classes named ${name}`, 'give each user class its own name'),
  );
}

function badStatic(message: string, hint: string): LoadtsError {
  return new LoadtsError('SCRIPT_LOAD_FAILED', message, { hint });
}

function throwProblems(problems: readonly LoadtsError[]): void {
  const [first, ...others] = problems;
  if (!first) return;
  if (others.length === 0) throw first;
  const lines = problems.map(({ message, hint }) => `\n  ${message}; ${hint}`);
  throw new LoadtsError(
    first.code,
    `${problems.length} problems with the script's classes:${lines.join('')}`,
  );
}
