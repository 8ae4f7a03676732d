/** What a local worker process is told when it starts. Over its channel, so that the token is in no process list. */
export interface WorkerOrder {
  readonly masterUrl: string;
  readonly token: string;
  readonly logLevel: string;
}
