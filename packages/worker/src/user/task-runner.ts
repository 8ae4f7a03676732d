import {
  createRandom,
  createTaskOrder,
  InterruptTaskSet,
  type Random,
  RescheduleTask,
  type TaskDefinition,
  type TaskOrder,
  type TaskSet,
  type TaskSetDefinition,
  User,
  type UserClass,
} from '@loadts/core';
import type { ArrivalSeat } from '../arrival/arrival-seat.ts';
import type { IterationBudget } from './iteration-budget.ts';
import type { IterationHold } from './iteration-hold.ts';
import type { TakeThrown } from './take-thrown.ts';
import type { UserEnvironment } from './user-environment.ts';

export interface TaskRunnerOptions {
  readonly environment: UserEnvironment;
  readonly userClass: UserClass;
  readonly ordinal: number;
  readonly takeThrown: TakeThrown;
  /** The user's clients are looked up here: there may be more of them later. */
  readonly holder: { readonly clients: readonly TaskClient[] };
  /** Where iterations begin with arrivals. */
  readonly seat: ArrivalSeat | undefined;
}

/** What a task leaves of the requests that it made. */
interface TaskClient {
  /** Requests that have come to their end. */
  readonly completed: number;
  discardUnread(): void;
}

/** The user, or a task set that it is in. */
interface Level {
  readonly owner: User | TaskSet<User>;
  readonly tasks: readonly TaskDefinition[];
  readonly next: TaskOrder;
  /** Begins the names of its tasks in reports. */
  readonly prefix: string;
}

const NO_TAGS: readonly string[] = [];

/** HOT: one user's task and wait in turn, in all its task sets, until it is told to end. */
export class TaskRunner {
  readonly #options: TaskRunnerOptions;
  /** None until somebody waits. */
  #waitRandom: Random | undefined;
  /** One stream for each task set, so that no visit repeats the choices of the one before. */
  #setRandoms: Map<string, Random> | undefined;
  #tags = NO_TAGS;
  #stopping = false;
  #wake: (() => void) | undefined;
  #cancelWait: (() => void) | undefined;

  constructor(options: TaskRunnerOptions) {
    this.#options = options;
  }

  /** Of the task that the user is at, or was at last. */
  get tags(): readonly string[] {
    return this.#tags;
  }

  /** A user that waits ends now; one that runs a task finishes it first. */
  stop(): void {
    this.#stopping = true;
    this.#cancelWait?.();
    this.#wake?.();
    this.#options.seat?.close();
  }

  /** What comes after the last task has no tags. */
  forgetTags(): void {
    this.#tags = NO_TAGS;
  }

  run(user: User): Promise<void> {
    const { tasks } = this.#options.userClass;
    const next = createTaskOrder('weighted', tasks, this.#stream('task'));
    return this.#runLevel({ owner: user, tasks, next, prefix: '' }, user);
  }

  async #runLevel(level: Level, user: User): Promise<void> {
    const { environment, holder } = this.#options;
    const { clock } = environment;
    const methods = level.owner as unknown as Readonly<Record<string, () => unknown>>;
    while (!this.#stopping) {
      const task = level.tasks[level.next()];
      const begins = task && this.#mayBegin(task);
      if (!begins || (begins !== true && !(await begins))) return;
      this.#noteTags(task);
      const startUs = clock.nowUs();
      const completed = countCompleted(holder.clients);
      let waits = true;
      try {
        if (task.taskSet) waits = await this.#visit(task.taskSet, level, user);
        else if (task.run) await task.run.call(level.owner, level.owner);
        else await methods[task.name]?.();
      } catch (thrown) {
        waits = this.#waitsAfter(thrown, level, task.name);
      }
      discardUnread(holder.clients);
      if (this.#stopping) return;
      const rest = this.#rest(this.#pauseAfter(level, startUs, waits), completed);
      if (rest) await rest;
    }
  }

  #noteTags({ taskSet, tags }: TaskDefinition): void {
    if (!taskSet) this.#tags = tags ?? NO_TAGS;
  }

  #rest(pause: number, completed: number): Promise<void> | undefined {
    // What follows waits for its arrival.
    if (this.#options.seat) return undefined;
    if (pause > 0) return this.#wait(pause);
    // A task that made no request may never have given way to anybody else.
    return completed === countCompleted(this.#options.holder.clients) ? this.#wait(0) : undefined;
  }

  /** Entering a task set is no iteration. @returns false where the user ends */
  #mayBegin(task: TaskDefinition): boolean | Promise<boolean> {
    const { hold } = this.#options.environment;
    return hold?.held ? this.#waitForRelease(hold, task) : this.#mayBeginNow(task);
  }

  async #waitForRelease(hold: IterationHold, task: TaskDefinition): Promise<boolean> {
    await this.#waitFor((wake) => hold.whenReleased(wake));
    return !this.#stopping && this.#mayBeginNow(task);
  }

  #mayBeginNow(task: TaskDefinition): boolean | Promise<boolean> {
    const { environment, seat } = this.#options;
    if (task.taskSet) return true;
    if (seat) return seat.next();
    const { budget } = environment;
    return !budget || budget.take() || this.#waitForIteration(budget);
  }

  /** @returns false where the budget is used up */
  async #waitForIteration(budget: IterationBudget): Promise<boolean> {
    while (!this.#stopping && !budget.spent) {
      await this.#waitFor((wake) => budget.whenChanged(wake));
      if (!this.#stopping && budget.take()) return true;
    }
    this.#stopping = true;
    return false;
  }

  /** Until this wakes it, or the user is to end. */
  #waitFor(register: (wake: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      register(resolve);
    });
  }

  /** One stay in a task set. @returns whether the parent waits before it goes on */
  async #visit(definition: TaskSetDefinition, parent: Level, user: User): Promise<boolean> {
    const { name, tasks, order, path } = definition;
    const taskSet = new definition.create({ user, parent: parent.owner });
    const next = createTaskOrder(order, tasks, this.#setRandom(path));
    try {
      if (!(await this.#start(taskSet, name))) return true;
      await this.#runLevel({ owner: taskSet, tasks, next, prefix: `${name}.` }, user);
      return false;
    } catch (thrown) {
      if (thrown instanceof InterruptTaskSet && thrown.taskSet === taskSet) return !thrown.reschedule;
      throw thrown;
    } finally {
      await this.#leave(taskSet, name);
    }
  }

  /** @returns whether its tasks may run */
  async #start(taskSet: TaskSet<User>, name: string): Promise<boolean> {
    try {
      await taskSet.onStart();
      return true;
    } catch (thrown) {
      if (thrown instanceof RescheduleTask) throw thrown;
      this.#waitsAfter(thrown, { owner: taskSet, prefix: `${name}.` }, 'onStart');
      return false;
    }
  }

  async #leave(taskSet: TaskSet<User>, name: string): Promise<void> {
    try {
      await taskSet.onStop();
    } catch (thrown) {
      this.#take(`${name}.onStop`, thrown);
    }
  }

  /** @returns whether the user waits although the task did not come to its end */
  #waitsAfter(thrown: unknown, { owner, prefix }: Pick<Level, 'owner' | 'prefix'>, name: string): boolean {
    if (thrown instanceof InterruptTaskSet && isInside(owner, thrown.taskSet)) throw thrown;
    this.#take(prefix + name, thrown);
    return !(thrown instanceof RescheduleTask);
  }

  #take(task: string, thrown: unknown): void {
    if (this.#options.takeThrown(task, thrown)) this.#stopping = true;
  }

  #pauseAfter({ owner, prefix }: Level, startUs: number, waits: boolean): number {
    // Without a wait time users run as fast as they can: no clock is read for nothing.
    if (!waits || this.#options.seat || owner.waitTime === User.prototype.waitTime) return 0;
    try {
      const iterationSeconds = (this.#options.environment.clock.nowUs() - startUs) / 1_000_000;
      this.#waitRandom ??= this.#stream('wait');
      return owner.waitTime({ random: this.#waitRandom, iterationSeconds });
    } catch (thrown) {
      this.#take(`${prefix}waitTime`, thrown);
      return 0;
    }
  }

  #wait(seconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#cancelWait = this.#options.environment.clock.schedule(seconds * 1_000, resolve);
    });
  }

  #setRandom(path: string): Random {
    const known = this.#setRandoms?.get(path);
    if (known) return known;
    const random = this.#stream(`task ${path}`);
    this.#setRandoms ??= new Map();
    this.#setRandoms.set(path, random);
    return random;
  }

  #stream(purpose: string): Random {
    const { environment, userClass, ordinal } = this.#options;
    return createRandom(environment.seed, userClass.name, ordinal, purpose);
  }
}

/** HOT. */
function discardUnread(clients: readonly TaskClient[]): void {
  for (const client of clients) client.discardUnread();
}

/** HOT. */
function countCompleted(clients: readonly TaskClient[]): number {
  let completed = 0;
  for (const client of clients) completed += client.completed;
  return completed;
}

function isInside(owner: object, taskSet: object): boolean {
  for (let at: object | undefined = owner; at; at = (at as { readonly parent?: object }).parent) {
    if (at === taskSet) return true;
  }
  return false;
}
