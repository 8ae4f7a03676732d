/** What a worker process is told when it starts. Over its channel, so that the token is in no process list. */
export interface WorkerOrder {
  readonly masterUrl: string;
  readonly token: string;
  readonly logLevel: string;
  /** Whom to trust with `wss:`, in PEM. */
  readonly ca?: string | undefined;
  /** Whether it waits for its master, and comes back when it loses it. */
  readonly isPatient?: boolean;
}

/** What is said to a worker process after its order: finish, deliver and leave. */
export const LEAVE = 'leave';

/** What a patient worker process tells the one that started it. */
export type WorkerNews =
  | { readonly type: 'waiting'; readonly reason: string }
  | { readonly type: 'joined'; readonly workerId: number }
  /** It ends now: to try again would be in vain. */
  | { readonly type: 'failed'; readonly message: string; readonly hint: string | undefined };
