import type { Collector } from '../statistics/collector.ts';
import type { WorkerLink } from '../worker/worker-link.ts';
import type { ArrivalControl } from './arrival-control.ts';
import type { Leases } from './leases.ts';
import type { Preparation } from './preparation.ts';
import type { RunMembers } from './run-members.ts';
import type { RunObserver } from './run-observer.ts';
import type { Steering } from './steering.ts';

export interface TurnoverOptions {
  readonly members: RunMembers;
  readonly collector: Collector;
  readonly steering: Steering | ArrivalControl;
  readonly leases: Leases;
  readonly preparation: Preparation;
  readonly observer: Pick<RunObserver, 'addWorker'>;
  /** Since the run's time zero. */
  readonly elapsedUs: () => number;
  readonly phase: () => 'ready' | 'load' | 'stopping';
  /** No worker is left. */
  readonly deserted: () => void;
}

/** Workers that come and go while a run goes on. */
export class Turnover {
  readonly #options: TurnoverOptions;
  /** They came while the others prepared. */
  readonly #early: WorkerLink[] = [];
  /** Whose script could not prepare. */
  readonly notes: string[] = [];

  constructor(options: TurnoverOptions) {
    this.#options = options;
  }

  /** A worker has come; it takes its share once it is prepared. */
  join(link: WorkerLink): void {
    const { members, preparation, phase } = this.#options;
    if (phase() === 'ready') this.#early.push(link);
    if (phase() !== 'load') return;
    members.expect(link);
    preparation.invite(link, members.joined);
  }

  /** Time zero is over. */
  joinEarly(): void {
    for (const link of this.#early.splice(0)) this.join(link);
  }

  /** Its answer to that. @param problem null where it is prepared */
  admit(link: WorkerLink, problem: string | null): void {
    const { members, collector, steering, leases, observer, elapsedUs, phase } = this.#options;
    if (phase() !== 'load') return;
    if (problem !== null) {
      members.remove(link.id);
      this.notes.push(`worker ${link.id} came late and took no part: onRunStart() failed there\n${problem}`);
      return;
    }
    collector.addWorker(link.id);
    observer.addWorker(link.facts);
    members.activate(link);
    link.send({ type: 'start', elapsedUs: elapsedUs() });
    leases.addWorker(link.id);
    steering.addWorker(link.id);
  }

  /** A worker was told to go: its users finish, and the others take over. */
  retire(link: WorkerLink): void {
    const { members, steering, preparation, phase, deserted } = this.#options;
    if (!members.has(link.id)) return link.send({ type: 'goodbye' });
    if (!members.retire(link)) return this.release(link);
    if (phase() === 'stopping') return;
    link.send({ type: 'stop' });
    preparation.leave(link.id);
    if (members.active.length === 0) deserted();
    else steering.removeWorker(link.id, phase() !== 'ready');
  }

  /** It may go once it has nothing more to deliver. */
  release(link: WorkerLink): void {
    const { members, collector, leases } = this.#options;
    if (!collector.isSettled(link.id)) return;
    members.remove(link.id);
    leases.leave(link.id);
    link.send({ type: 'goodbye' });
  }

  /** It is gone, and what it had leased. @returns whether anything was to come from it */
  lose(link: WorkerLink, reason: string): boolean {
    const { members, collector, preparation, leases } = this.#options;
    const wasMember = members.remove(link.id);
    if (wasMember || members.isMissing(link.id)) collector.lose(link.id, reason);
    if (!wasMember) return false;
    if (link.isMissing) members.noteMissing(link.id);
    preparation.leave(link.id);
    leases.lose(link.id);
    return true;
  }

  /** One that was missing is back, to deliver what it has. */
  restore(link: WorkerLink): void {
    const { members, collector } = this.#options;
    if (members.isMissing(link.id)) collector.restore(link.id);
  }
}
