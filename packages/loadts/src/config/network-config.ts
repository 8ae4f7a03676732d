/** What a master on a network was told, validated and complete. */
export interface MasterConfig {
  /** The load begins when so many are ready. */
  readonly expectWorkers: number;
  /** How long to wait for them; 0: forever. */
  readonly expectWorkersMaxWaitMs: number;
  readonly masterBindHost: string;
  readonly masterBindPort: number;
  /** How long users go on where their worker hears nothing of the master. */
  readonly masterLostTimeoutMs: number;
  /** Files with the master's certificate and key in PEM; undefined: no TLS. */
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
}

/** What both sides have to know. */
export interface TokenConfig {
  readonly token: string | undefined;
  /** A file that holds it. */
  readonly tokenFile: string | undefined;
}

/** What a worker was told, validated and complete. */
export interface WorkerConfig extends TokenConfig {
  readonly masterHost: string;
  readonly masterPort: number;
  /** A file with the authority that has signed the master's certificate, in PEM; undefined: no TLS. */
  readonly tlsCa: string | undefined;
}
