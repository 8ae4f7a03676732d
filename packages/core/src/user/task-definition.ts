import type { Transition } from './task-marks.ts';
import type { TaskParent, TaskSet } from './task-set.ts';
import type { User } from './user.ts';

/** One task of a user class or task set. */
export interface TaskDefinition {
  readonly name: string;
  readonly weight: number;
  /** A function of a `tasks` list; the method of that name unless given. */
  readonly run?: (this: unknown, owner: unknown) => unknown;
  readonly taskSet?: TaskSetDefinition;
  /** Its own and those of the task sets around it. */
  readonly tags?: readonly string[];
  readonly transitions?: readonly Transition[];
}

export type TaskOrderKind = 'weighted' | 'sequential' | 'markov';

export interface TaskSetDefinition {
  readonly name: string;
  /** Where in its user class it is: no two have the same. */
  readonly path: string;
  readonly order: TaskOrderKind;
  readonly tasks: readonly TaskDefinition[];
  readonly create: TaskSetConstructor;
}

export type TaskSetConstructor = (new (context: {
  readonly user: User;
  readonly parent: TaskParent;
}) => TaskSet<User>) & { readonly name: string };
