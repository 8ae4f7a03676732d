import { type DeclaredFeeder, LoadtsError } from '@loadts/core';
import type { FeederHeader, FeederRowsMessage, WorkerMessage } from '@loadts/protocol';
import { RowStream } from './row-stream.ts';

/** The script's feeders on this worker in one run. */
export class RunFeeders {
  readonly #streams: readonly RowStream[];

  /** @throws LoadtsError `SCRIPT_LOAD_FAILED` where the script declares other feeders here than on the master. */
  constructor(
    feeders: readonly DeclaredFeeder[],
    headers: readonly FeederHeader[],
    send: (message: WorkerMessage) => void,
  ) {
    if (feeders.length !== headers.length) throw createMismatch(feeders.length, headers.length);
    this.#streams = feeders.map(({ definition }, feeder) => {
      const { columns } = headers[feeder] as FeederHeader;
      const request = (held: number, wanted: number): void =>
        send({ type: 'feederRequest', feeder, held, wanted });
      return new RowStream({ definition, columns, request });
    });
    for (const [i, stream] of this.#streams.entries()) feeders[i]?.bind(() => stream.next());
  }

  /** Whether users have ended, or will, since a feeder has no row left for them. */
  get endsUsers(): boolean {
    return this.#streams.some(({ endsUsers }) => endsUsers);
  }

  /** @throws LoadtsError `MESSAGE_INVALID` for rows that cannot be right. */
  add(message: FeederRowsMessage): void {
    const stream = this.#streams[message.feeder];
    if (!stream) throw new LoadtsError('MESSAGE_INVALID', `there is no feeder ${message.feeder}`);
    stream.add(message);
  }

  /** Nobody waits for rows any longer. */
  close(): void {
    for (const stream of this.#streams) stream.close();
  }
}

function createMismatch(here: number, there: number): LoadtsError {
  return new LoadtsError(
    'SCRIPT_LOAD_FAILED',
    `the script declares ${here} feeders on this worker and ${there} on the master`,
    { hint: 'declare the same feeders everywhere: not depending on the machine or the time' },
  );
}
