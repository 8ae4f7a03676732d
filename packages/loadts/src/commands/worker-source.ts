import type { Master, MasterOptions } from '@loadts/master';
import type { Logger } from 'pino';

/** What a source of workers needs of the run that wants them. */
export interface Gathering {
  readonly master: Master;
  readonly logger: Logger;
  /** Above the live table. */
  readonly print: (text: string) => void;
  /** Aborts the gathering, from either side. */
  readonly starting: AbortController;
}

/** Where a run's workers come from: all that `loadts run` and `loadts master` do differently. */
export interface WorkerSource extends Pick<MasterOptions, 'host' | 'port' | 'token' | 'tls'> {
  /** Workers that the run begins with. */
  readonly count: number;
  /** Whether others may come in the place of those that are gone. */
  readonly isRefilled: boolean;
  /** Resolves when they are ready. @throws LoadtsError where they are not in time */
  gather(gathering: Gathering): Promise<void>;
  /** The run is over, and the master has said so. */
  close(): Promise<void>;
  /** Nobody waits for anything any more. */
  kill(): void;
}
