import { LoadtsError, type RunEvent, type SpawnRate } from '@loadts/core';
import type { PauseMessage } from '@loadts/protocol';
import type { Collector } from '../statistics/collector.ts';
import { checkRateChange, checkUsersChange } from './check-change.ts';
import type { LoadControl } from './load-control.ts';
import type { ControlledLoad, RateChange, RunControl, UsersChange } from './run-control.ts';
import type { RunEvents } from './run-events.ts';
import type { RunMembers } from './run-members.ts';
import type { RunProgress } from './run-progress.ts';
import type { RunSettings } from './run-settings.ts';

export interface LiveControlOptions {
  readonly settings: Pick<RunSettings, 'scenarios'>;
  readonly steering: LoadControl;
  readonly events: RunEvents;
  readonly progress: RunProgress;
  readonly members: RunMembers;
  readonly collector: Collector;
  /** Something has changed: it is carried out and shown at once. */
  readonly changed: () => void;
  readonly stop: () => void;
}

const SECOND_US = 1_000_000;

/** What a person does to a run while it goes on. */
export class LiveControl implements RunControl {
  readonly #options: LiveControlOptions;
  /** The last order to the workers, for those that come later. */
  #pause: PauseMessage | undefined;
  #pausedUs = 0;
  #changes = 0;

  constructor(options: LiveControlOptions) {
    this.#options = options;
  }

  get events(): readonly RunEvent[] {
    return this.#options.events.list;
  }

  get load(): ControlledLoad {
    const { only, users } = this.#options.steering;
    if (!only) return { model: 'scenarios', users };
    if ('changeRate' in only) return { model: 'open', rate: only.rate, maxUsers: only.users };
    return { model: 'closed', ...only.load };
  }

  get ruledBy(): string | undefined {
    const { scenarios } = this.#options.settings;
    const { name, shape, arrivals } = scenarios[0] ?? {};
    if (name !== undefined) return 'the list of scenarios in the script';
    if (!arrivals) return shape === undefined ? undefined : `the shape ${shape}`;
    const [first] = arrivals.stages;
    const isSteady = arrivals.stages.length === 1 && first?.startRate === first?.endRate;
    return isSteady ? undefined : 'rampingArrivalRate';
  }

  get isPaused(): boolean {
    return this.#pause?.paused === true;
  }

  /** What a worker has to know that comes while the run is paused. */
  get pauseMessage(): PauseMessage | undefined {
    return this.isPaused ? this.#pause : undefined;
  }

  /** What a reader of the report has to know of it, one sentence each. */
  get notes(): string[] {
    const { progress } = this.#options;
    const openUs = this.#pause?.paused ? Math.max(0, progress.elapsedUs - this.#pause.atUs) : 0;
    const seconds = Math.round((this.#pausedUs + openUs) / SECOND_US);
    return [
      ...(this.#changes > 0
        ? [
            `the load was changed by hand, ${this.#changes === 1 ? 'once' : `${this.#changes} times`}: the numbers are of all of it`,
          ]
        : []),
      ...(this.#pause ? [`the run was paused by hand, for ${seconds} s in all: its rates include them`] : []),
    ];
  }

  changeUsers(change: UsersChange): void {
    const { events, changed } = this.#options;
    this.#requireLoad('its users cannot be changed');
    const steering = this.#requireOnly('users');
    if ('changeRate' in steering) {
      throw refused(
        'this run is an open one: arrivals start its users',
        'change its rate or maxUsers instead',
      );
    }
    this.#requireFree('users');
    checkUsersChange(change);
    const before = steering.load;
    const after = { users: change.users ?? before.users, spawnRate: change.spawnRate ?? before.spawnRate };
    if (after.users === before.users && after.spawnRate === before.spawnRate) return;
    steering.change(after);
    const text =
      after.users === before.users
        ? `spawn rate changed from ${showSpawnRate(before.spawnRate)} to ${showSpawnRate(after.spawnRate)}`
        : `users changed from ${before.users} to ${after.users}, ${showSpawnRate(after.spawnRate)}`;
    this.#changes++;
    events.note('users', text, { by: 'user', values: after });
    changed();
  }

  changeRate(change: RateChange): void {
    const { events, changed } = this.#options;
    this.#requireLoad('its rate cannot be changed');
    const steering = this.#requireOnly('rate');
    if (!('changeRate' in steering)) {
      throw refused(
        'this run is a closed one: its users decide when iterations begin',
        'change its users instead',
      );
    }
    if (change.rate !== undefined) this.#requireFree('rate');
    checkRateChange(change, steering.sharers);
    const before = { rate: steering.rate, maxUsers: steering.users };
    const after = { rate: change.rate ?? before.rate, maxUsers: change.maxUsers ?? before.maxUsers };
    const texts = [
      ...(after.rate === before.rate ? [] : [`rate changed from ${before.rate}/s to ${after.rate}/s`]),
      ...(after.maxUsers === before.maxUsers
        ? []
        : [`most users changed from ${before.maxUsers} to ${after.maxUsers}`]),
    ];
    if (texts.length === 0) return;
    steering.changeRate({
      ...(after.rate !== before.rate && { rate: after.rate }),
      ...(after.maxUsers !== before.maxUsers && { maxUsers: after.maxUsers }),
    });
    this.#changes++;
    events.note('rate', texts.join(', '), { by: 'user', values: after });
    changed();
  }

  pause(): void {
    this.#requireLoad('it cannot be paused');
    if (this.isPaused) return;
    this.#order({ type: 'pause', paused: true, atUs: this.#options.steering.pause() }, 'paused');
  }

  resume(): void {
    this.#requireLoad('it cannot be resumed');
    if (!this.isPaused) return;
    const { steering, progress } = this.#options;
    steering.resume();
    // Users are free by the time that the first arrival comes.
    this.#order({ type: 'pause', paused: false, atUs: progress.elapsedUs }, 'resumed');
  }

  resetStatistics(): void {
    const { progress, events, collector, changed } = this.#options;
    this.#requireLoad('its statistics cannot be reset');
    const second = Math.ceil(progress.elapsedUs / SECOND_US);
    collector.countFrom(second);
    events.note('reset', `statistics reset: the totals count from second ${second} on`, {
      by: 'user',
      values: { second },
    });
    changed();
  }

  stop(): void {
    this.#options.stop();
  }

  stopNow(): void {
    const { members, stop } = this.#options;
    stop();
    members.broadcast(() => ({ type: 'stop', now: true }));
  }

  #order(message: PauseMessage, text: 'paused' | 'resumed'): void {
    const { members, events, changed } = this.#options;
    if (this.#pause?.paused) this.#pausedUs += Math.max(0, message.atUs - this.#pause.atUs);
    this.#pause = message;
    members.broadcast(() => message);
    events.note(message.paused ? 'pause' : 'resume', text, { by: 'user' });
    changed();
  }

  #requireLoad(what: string): void {
    const phase = this.#options.progress.phase;
    if (phase === 'ready')
      throw refused(`the run has not begun: ${what}`, 'try again when its workers are prepared');
    if (phase === 'stopping') throw refused(`the run is stopping: ${what}`, 'start another run');
  }

  #requireFree(what: 'users' | 'rate'): void {
    const { ruledBy } = this;
    if (ruledBy !== undefined) throw ruled(ruledBy, what);
  }

  /** Nobody knows whose load is meant where there are several. */
  #requireOnly(what: 'users' | 'rate'): NonNullable<LoadControl['only']> {
    const { only } = this.#options.steering;
    if (only) return only;
    throw ruled(this.ruledBy ?? 'the script', what);
  }
}

function showSpawnRate(rate: SpawnRate): string {
  return rate === 'all' ? 'all at once' : `${rate}/s`;
}

function ruled(by: string, what: 'users' | 'rate'): LoadtsError {
  return refused(
    `${by} decides over the ${what} of this run`,
    'pause or stop the run instead, or run without it to change them by hand',
  );
}

function refused(message: string, hint: string): LoadtsError {
  return new LoadtsError('CONTROL_REFUSED', message, { hint });
}
