import type { PauseMessage } from '@loadts/protocol';
import type { Collector } from '../statistics/collector.ts';
import type { WorkerLink } from '../worker/worker-link.ts';
import type { Leases } from './leases.ts';
import type { LoadControl } from './load-control.ts';
import type { Preparation } from './preparation.ts';
import type { RunEnding } from './run-ending.ts';
import type { RunEvents } from './run-events.ts';
import type { RunMembers } from './run-members.ts';
import type { RunObserver } from './run-observer.ts';
import type { RunProgress } from './run-progress.ts';
import type { WorkerLossPolicy } from './run-settings.ts';

export interface TurnoverOptions {
  readonly members: RunMembers;
  readonly collector: Collector;
  readonly steering: LoadControl;
  readonly leases: Leases;
  readonly preparation: Preparation;
  readonly events: RunEvents;
  readonly observer: Pick<RunObserver, 'addWorker'>;
  /** For a worker that comes while the run is paused. */
  readonly pauseMessage: () => PauseMessage | undefined;
  readonly progress: RunProgress;
  readonly ending: RunEnding;
  readonly onWorkerLoss: WorkerLossPolicy;
  /** Whether nothing is left to do; then the run ends. */
  readonly isOver: () => boolean;
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
    const { members, preparation, progress } = this.#options;
    if (progress.phase === 'ready') this.#early.push(link);
    if (progress.phase !== 'load') return;
    const place = members.expect(link);
    preparation.invite(link, place, members.told);
  }

  /** Time zero is over. */
  joinEarly(): void {
    for (const link of this.#early.splice(0)) this.join(link);
  }

  /** Its answer to that. @param problem null where it is prepared */
  admit(link: WorkerLink, problem: string | null): void {
    const { members, collector, steering, leases, observer, progress, events } = this.#options;
    if (progress.phase !== 'load') return;
    if (problem !== null) {
      members.remove(link.id);
      this.notes.push(`worker ${link.id} came late and took no part: onRunStart() failed there\n${problem}`);
      return;
    }
    collector.addWorker(link.id);
    if (members.activate(link)) observer.addWorker(link.facts);
    link.send({ type: 'start', elapsedUs: progress.elapsedUs });
    const pause = this.#options.pauseMessage();
    if (pause) link.send(pause);
    leases.addWorker(link.id);
    steering.addWorker(link.id);
    events.note('workerJoined', `worker ${link.id} joined`, { values: { worker: link.id } });
  }

  /** A worker was told to go: its users finish, and the others take over. */
  retire(link: WorkerLink): void {
    const { members, steering, preparation, progress, ending, events } = this.#options;
    if (!members.has(link.id)) return link.send({ type: 'goodbye' });
    if (!members.retire(link)) return this.release(link);
    if (progress.phase === 'stopping') return;
    events.note('workerLeft', `worker ${link.id} was told to leave`, { values: { worker: link.id } });
    link.send({ type: 'stop' });
    preparation.leave(link.id);
    if (members.active.length === 0) ending.end('no worker is left');
    else steering.removeWorker(link.id, progress.phase !== 'ready', false);
  }

  /** It may go once it has nothing more to deliver. */
  release(link: WorkerLink): void {
    const { members, collector, leases } = this.#options;
    if (!collector.isSettled(link.id)) return;
    members.remove(link.id);
    leases.leave(link.id);
    link.send({ type: 'goodbye' });
  }

  /** It is gone, and what it had leased. */
  lose(link: WorkerLink, reason: string): void {
    const { members, collector, preparation, leases, events } = this.#options;
    const wasMember = members.remove(link.id);
    if (wasMember || members.isMissing(link.id)) collector.lose(link.id, reason);
    if (!wasMember) return;
    if (link.isMissing) members.noteMissing(link.id);
    const [kind, what] = link.isMissing
      ? (['workerMissing', 'missing'] as const)
      : (['workerLost', 'lost'] as const);
    events.note(kind, `worker ${link.id} is ${what}: ${reason}`, { values: { worker: link.id } });
    preparation.leave(link.id);
    leases.lose(link.id);
    if (this.#options.progress.phase !== 'stopping') this.#replace(link);
  }

  /** What becomes of the load of a worker that is lost. */
  #replace(link: WorkerLink): void {
    const { members, steering, progress, ending, onWorkerLoss, isOver } = this.#options;
    if (members.active.length === 0) return ending.end('no worker is left');
    if (onWorkerLoss === 'stop') return ending.end('a worker is lost');
    if (isOver() || onWorkerLoss === 'continue') return;
    steering.removeWorker(link.id, progress.phase !== 'ready', link.isMissing);
  }

  /** One that was missing is back, to deliver what it has. */
  restore(link: WorkerLink): void {
    const { members, collector, events } = this.#options;
    if (!members.isMissing(link.id)) return;
    collector.restore(link.id);
    events.note('workerReturned', `worker ${link.id} is back and delivers what it has`, {
      values: { worker: link.id },
    });
  }
}
