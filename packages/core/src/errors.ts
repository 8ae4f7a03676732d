/** Everything that loadts itself can refuse or fail at. `docs/reference/errors.md` explains each code. */
export type LoadtsErrorCode =
  | 'CONFIG_INVALID'
  | 'THRESHOLD_INVALID'
  | 'SCRIPT_NOT_FOUND'
  | 'SCRIPT_BUILD_FAILED'
  | 'SCRIPT_LOAD_FAILED'
  | 'SCRIPT_NO_USERS'
  | 'SCRIPT_NO_TASKS'
  | 'SHAPE_FAILED'
  | 'SETUP_FAILED'
  | 'RUN_START_FAILED'
  | 'TEARDOWN_FAILED'
  | 'LISTENER_FAILED'
  | 'HOST_MISSING'
  | 'TARGET_NOT_READY'
  | 'WORKER_START_FAILED'
  | 'WORKERS_MISSING'
  | 'HANDSHAKE_REFUSED'
  | 'MESSAGE_INVALID'
  | 'REQUEST_INVALID'
  | 'FILE_NOT_WRITABLE'
  | 'RESULT_INVALID'
  | 'RUN_FILE_INVALID'
  | 'RUN_FILES_DIFFER'
  | 'FEEDER_INVALID'
  | 'FEEDER_MISUSED'
  | 'FEEDER_EXHAUSTED'
  | 'PORT_IN_USE'
  | 'CONTROL_REFUSED';

/** A problem that a person can solve: `message` says what is wrong with the value seen, `hint` what to do. */
export class LoadtsError extends Error {
  override readonly name: string = 'LoadtsError';
  readonly code: LoadtsErrorCode;
  readonly hint: string | undefined;

  constructor(
    code: LoadtsErrorCode,
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
