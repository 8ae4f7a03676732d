import { LoadtsError } from '../errors.ts';
import type { HttpClient } from './http-client.ts';
import { InterruptTaskSet } from './interrupt-task-set.ts';
import type { TaskList } from './task-list.ts';
import type { HttpUser, User } from './user.ts';
import type { WaitContext } from './wait-time.ts';

/** The user or the task set that a task set is a task of. */
export interface TaskParent {
  waitTime(context: WaitContext): number;
}

/** What a user hands to each task set that it enters. */
export interface TaskSetContext<Owner extends User = HttpUser, Parent extends TaskParent = TaskParent> {
  readonly user: Owner;
  readonly parent: Parent;
}

/** A group of tasks that is a task itself: its user stays in it until `interrupt()`. */
export abstract class TaskSet<Owner extends User = HttpUser, Parent extends TaskParent = TaskParent> {
  /** Tasks beside the `@task` methods. */
  static readonly tasks: TaskList = [];

  readonly user: Owner;
  readonly parent: Parent;

  constructor({ user, parent }: TaskSetContext<Owner, Parent>) {
    this.user = user;
    this.parent = parent;
  }

  /** The user's client. @throws LoadtsError `REQUEST_INVALID` where it has none. */
  get client(): HttpClient {
    const { client } = this.user as { readonly client?: HttpClient };
    if (client) return client;
    throw new LoadtsError('REQUEST_INVALID', `${this.user.constructor.name} has no HTTP client`, {
      hint: 'let it extend HttpUser',
    });
  }

  /** Seconds to wait after each iteration in here; as the parent does, unless overridden. */
  waitTime(context: WaitContext): number {
    return this.parent.waitTime(context);
  }

  /** Runs each time that the user enters. Where it throws, the user goes back to the parent. */
  onStart(): void | Promise<void> {}

  /** Runs each time that the user leaves, also when the run is stopped. */
  onStop(): void | Promise<void> {}

  /** Goes back to the parent, which picks its next task at once or, with `reschedule: false`, waits first. Throws. */
  interrupt({ reschedule = true }: { readonly reschedule?: boolean } = {}): never {
    throw new InterruptTaskSet(this, reschedule);
  }
}

/** Runs its tasks in the order of their declaration, a task with weight 3 three times, and then all over again. */
export abstract class SequentialTaskSet<
  Owner extends User = HttpUser,
  Parent extends TaskParent = TaskParent,
> extends TaskSet<Owner, Parent> {}

/** Goes from task to task as `@transition` says, from the first one on; a task without one leads back to the parent. */
export abstract class MarkovTaskSet<
  Owner extends User = HttpUser,
  Parent extends TaskParent = TaskParent,
> extends TaskSet<Owner, Parent> {}
