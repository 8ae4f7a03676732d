import type { UserClass } from '@loadts/core';
import type { UserEnvironment } from './user-environment.ts';
import { UserLoop } from './user-loop.ts';

/** This worker's users. */
export class UserPool {
  readonly #classes: readonly UserClass[];
  readonly #environment: UserEnvironment;
  readonly #onIdle: () => void;
  /** By class, oldest first; without those that were told to end. */
  readonly #active: UserLoop[][];
  readonly #alive = new Set<UserLoop>();
  readonly #whenEmpty: (() => void)[] = [];

  /**
   * @param classes in the order of the run's class indexes
   * @param onIdle called when no user is left that may begin another iteration
   */
  constructor(classes: readonly UserClass[], environment: UserEnvironment, onIdle: () => void = () => {}) {
    this.#classes = classes;
    this.#environment = environment;
    this.#onIdle = onIdle;
    this.#active = classes.map(() => []);
  }

  /** Users that have started and not ended, those on their way out included. */
  get size(): number {
    return this.#alive.size;
  }

  /** Whether no user may begin another iteration. */
  get isIdle(): boolean {
    return this.#active.every((active) => active.length === 0);
  }

  countActive(classIndex: number): number {
    return this.#active[classIndex]?.length ?? 0;
  }

  start(classIndex: number, ordinal: number): void {
    const userClass = this.#classes[classIndex];
    const active = this.#active[classIndex];
    if (!userClass || !active) return;
    const loop = new UserLoop(userClass, ordinal, this.#environment, classIndex);
    active.push(loop);
    this.#alive.add(loop);
    void loop.run().then(() => this.#remove(loop, active));
  }

  /** Last in, first out. @returns the ordinal of the user that ends now, if there was one */
  stopNewest(classIndex: number): number | undefined {
    const loop = this.#active[classIndex]?.pop();
    loop?.stop();
    this.#checkIdle();
    return loop?.ordinal;
  }

  /** Stops this very user, unless it has ended. */
  stop(classIndex: number, ordinal: number): void {
    const active = this.#active[classIndex] ?? [];
    const index = active.findLastIndex((loop) => loop.ordinal === ordinal);
    if (index >= 0) active.splice(index, 1)[0]?.stop();
    this.#checkIdle();
  }

  /** All users end; resolves when they have. After `timeoutMs` they are cut off. */
  async drain(timeoutMs: number): Promise<void> {
    const cancel = this.#environment.clock.schedule(timeoutMs, () => {
      for (const loop of this.#alive) loop.abort();
    });
    await this.end();
    cancel();
  }

  /** All users end, however long that takes them. */
  async end(): Promise<void> {
    for (const active of this.#active) {
      for (const loop of active.splice(0)) loop.stop();
    }
    if (this.#alive.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenEmpty.push(resolve);
    });
  }

  #checkIdle(): void {
    if (this.isIdle) this.#onIdle();
  }

  #remove(loop: UserLoop, active: UserLoop[]): void {
    const index = active.indexOf(loop);
    if (index >= 0) active.splice(index, 1);
    this.#alive.delete(loop);
    this.#checkIdle();
    if (this.#alive.size > 0) return;
    for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }
}
