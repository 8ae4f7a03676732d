import type { EventView, HistoryView, LogView, SecondView, StateView } from '@loadts/protocol';
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { API, getJson } from '../api/call-api.ts';
import {
  type LiveData,
  NO_DATA,
  ofRun,
  withEarlierLog,
  withEvent,
  withHistory,
  withLog,
  withSecond,
} from './live-data.ts';
import { runLostWith } from './lost-run.ts';
import { reconnectDelay } from './reconnect-delay.ts';

export type ConnectionState = 'connecting' | 'open' | 'lost';

/** A master says something every five seconds at least: one that is silent for so long is gone, or hangs. */
const SILENCE_MS = 15_000;

/** What the server says, kept up to date until `close`: it reconnects by itself and fills what it missed. */
export class LiveStore {
  readonly #state = signal<StateView | null>(null);
  readonly #data = signal<LiveData>(NO_DATA);
  readonly #connection = signal<ConnectionState>('connecting');
  readonly #lostRun = signal<string | undefined>(undefined);
  #source: EventSource | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #attempt = 0;
  #isReading = false;

  get state(): ReadonlySignal<StateView | null> {
    return this.#state;
  }

  get data(): ReadonlySignal<LiveData> {
    return this.#data;
  }

  get connection(): ReadonlySignal<ConnectionState> {
    return this.#connection;
  }

  /** A run that went on when its master vanished, while this page waited for it; `forgetLostRun` ends that. */
  get lostRun(): ReadonlySignal<string | undefined> {
    return this.#lostRun;
  }

  forgetLostRun(): void {
    this.#lostRun.value = undefined;
  }

  /** Connects; where it waits for its next attempt, now. */
  connect(): void {
    this.close();
    const source = new EventSource(`${API}events`);
    this.#source = source;
    source.onopen = () => this.#opened();
    source.onerror = () => this.#lost();
    this.#watchSilence();
    this.#listen<StateView>('state', (state) => this.#setState(state));
    this.#listen<SecondView>('second', (second) => this.#takeSecond(second));
    this.#listen<EventView>('event', (event) => this.#takeEvent(event));
    this.#listen<LogView>('log', (line) => this.#change(withLog, line));
    this.#listen('alive', () => {});
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#silenceTimer);
    this.#source?.close();
  }

  #listen<Message>(name: string, take: (message: Message) => void): void {
    this.#source?.addEventListener(name, (event: MessageEvent<string>) => {
      this.#watchSilence();
      take(JSON.parse(event.data) as Message);
    });
  }

  #watchSilence(): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#lost(), SILENCE_MS);
  }

  #opened(): void {
    this.#attempt = 0;
    this.#connection.value = 'open';
    void this.#readHistory();
    void this.#readLog();
  }

  #lost(): void {
    this.close();
    this.#connection.value = 'lost';
    // Leads to the login page where the session has ended.
    getJson('state').catch(() => undefined);
    this.#timer = setTimeout(() => this.connect(), reconnectDelay(this.#attempt++, Math.random()));
  }

  async #readLog(): Promise<void> {
    try {
      this.#change(withEarlierLog, await getJson<readonly LogView[]>('log'));
    } catch {
      // As with the history.
    }
  }

  #setState(state: StateView): void {
    const before = this.#state.value;
    batch(() => {
      this.#state.value = state;
      if (before !== null && before.servingSince !== state.servingSince) {
        this.#data.value = NO_DATA;
        this.#lostRun.value = runLostWith(before) ?? this.#lostRun.value;
      }
      if (state.run !== null) this.#data.value = ofRun(this.#data.value, state.run.id);
    });
  }

  #change<Message>(reduce: (data: LiveData, message: Message) => LiveData, message: Message): void {
    this.#data.value = reduce(this.#data.value, message);
  }

  #takeSecond(second: SecondView): void {
    const before = this.#data.value.second;
    this.#change(withSecond, second);
    // Points of a long run stand for longer spans than those that are here.
    if (before?.runId === second.runId && before.spanSeconds !== second.spanSeconds) void this.#readHistory();
  }

  #takeEvent(event: EventView): void {
    this.#change(withEvent, event);
    // The history has its stages with their names.
    if (event.kind === 'stage') void this.#readHistory();
  }

  async #readHistory(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      this.#change(withHistory, await getJson<HistoryView>('run/history'));
    } catch {
      // The stream says it when the server is gone; while it is there, the next attempt reads it.
    } finally {
      this.#isReading = false;
    }
  }
}
