import type { WorkerFacts } from '@loadts/core';
import type { MasterMessage } from '@loadts/protocol';
import type { WorkerLink, WorkMessage } from '../worker/worker-link.ts';

/** The workers of a run: those that follow its plans, those that get ready to, and those that only deliver. */
export class RunMembers {
  readonly #active: Map<number, WorkerLink>;
  /** They came while the run was going on, and are not prepared yet. */
  readonly #late = new Map<number, WorkerLink>();
  /** They were told to go: their users finish, and what they measured is still to come. */
  readonly #leaving = new Map<number, WorkerLink>();
  /** They were silent for too long: what they measured may still come. */
  readonly #missing = new Set<number>();
  readonly #joined: Set<number>;
  /** The place of each among all that were told of the run. */
  readonly #places: Map<number, number>;

  constructor(workers: readonly WorkerLink[]) {
    this.#active = new Map(workers.map((link) => [link.id, link]));
    this.#joined = new Set(this.#active.keys());
    this.#places = new Map(workers.map((link, place) => [link.id, place]));
  }

  /** Those that follow the plans. */
  get active(): WorkerLink[] {
    return [...this.#active.values()];
  }

  /** Where those run. */
  get facts(): WorkerFacts[] {
    return this.active.map((link) => link.facts);
  }

  /** All that ever took part. */
  get joined(): number {
    return this.#joined.size;
  }

  /** All that were told of the run. */
  get told(): number {
    return this.#places.size;
  }

  has(workerId: number): boolean {
    return [this.#active, this.#late, this.#leaving].some((links) => links.has(workerId));
  }

  /** A worker that was missing may only deliver. */
  accepts(workerId: number, type: WorkMessage['type']): boolean {
    return this.has(workerId) || (this.#missing.has(workerId) && (type === 'snapshot' || type === 'final'));
  }

  isMissing(workerId: number): boolean {
    return this.#missing.has(workerId);
  }

  noteMissing(workerId: number): void {
    this.#missing.add(workerId);
  }

  isLate(workerId: number): boolean {
    return this.#late.has(workerId);
  }

  isLeaving(workerId: number): boolean {
    return this.#leaving.has(workerId);
  }

  send(workerId: number, message: MasterMessage): void {
    (this.#active.get(workerId) ?? this.#leaving.get(workerId))?.send(message);
  }

  /** To those that follow the plans. */
  broadcast(create: (workerId: number) => MasterMessage | undefined): void {
    for (const link of this.#active.values()) {
      const message = create(link.id);
      if (message) link.send(message);
    }
  }

  /** @returns its place: the one that it had where it was there before */
  expect(link: WorkerLink): number {
    this.#late.set(link.id, link);
    const place = this.#places.get(link.id) ?? this.#places.size;
    this.#places.set(link.id, place);
    return place;
  }

  /** A late one is prepared. @returns whether it takes part for the first time */
  activate(link: WorkerLink): boolean {
    const isNew = !this.#joined.has(link.id);
    this.#late.delete(link.id);
    this.#missing.delete(link.id);
    this.#active.set(link.id, link);
    this.#joined.add(link.id);
    return isNew;
  }

  /** @returns whether it followed the plans until now */
  retire(link: WorkerLink): boolean {
    if (!this.#active.delete(link.id)) return false;
    this.#leaving.set(link.id, link);
    return true;
  }

  /** @returns whether anything was to come from it */
  remove(workerId: number): boolean {
    this.#late.delete(workerId);
    const hadUsers = this.#active.delete(workerId);
    return this.#leaving.delete(workerId) || hadUsers;
  }
}
