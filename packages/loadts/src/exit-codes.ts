import { LoadtsError, type LoadtsErrorCode, type VerdictKind } from '@loadts/core';

/** Every way in which `loadts` ends, with the words of `--help`. */
export const EXIT_CODES = {
  passed: { code: 0, meaning: 'passed' },
  failed: { code: 1, meaning: 'a threshold failed, or without any: requests failed or tasks threw' },
  usage: { code: 2, meaning: 'wrong usage, configuration or script: nothing was run' },
  invalid: { code: 3, meaning: 'invalid: loadts itself was the limit, so thresholds prove nothing' },
  incomplete: { code: 4, meaning: 'incomplete: workers, samples or the --wait-for target are missing' },
  internal: { code: 5, meaning: 'internal error' },
  interrupted: { code: 130, meaning: 'aborted by a second SIGINT (Ctrl-C)' },
  terminated: { code: 143, meaning: 'aborted by a second SIGTERM' },
} as const;

/** What is known when `loadts run` ends. */
export interface RunOutcome {
  /** The second signal: the one that aborted. The first one only stops the run. */
  readonly signal?: 'SIGINT' | 'SIGTERM' | undefined;
  readonly internalError?: boolean;
  /** Wrong usage, configuration or script. */
  readonly usage?: boolean;
  /** A listener of the finished report. */
  readonly listenerFailed?: boolean;
  /** Undefined where no run took place. */
  readonly verdict?: VerdictKind | undefined;
  /** Stands for `EXIT_CODES.failed`. */
  readonly exitCodeOnError?: number;
  readonly allowIncomplete?: boolean;
}

/** The exit code when several things hold at once: 130/143 > 5 > 2 > 3 > 1 > 4 > 0. */
export function exitCodeFor(outcome: RunOutcome): number {
  if (outcome.signal === 'SIGINT') return EXIT_CODES.interrupted.code;
  if (outcome.signal === 'SIGTERM') return EXIT_CODES.terminated.code;
  if (outcome.internalError) return EXIT_CODES.internal.code;
  if (outcome.usage) return EXIT_CODES.usage.code;
  if (outcome.listenerFailed) return EXIT_CODES.failed.code;
  if (outcome.verdict === 'invalid') return EXIT_CODES.invalid.code;
  if (outcome.verdict === 'fail') return outcome.exitCodeOnError ?? EXIT_CODES.failed.code;
  if (outcome.verdict === 'incomplete' && !outcome.allowIncomplete) return EXIT_CODES.incomplete.code;
  return EXIT_CODES.passed.code;
}

const CODE_OF_ERROR: Partial<Record<LoadtsErrorCode, number>> = {
  THRESHOLD_INVALID: EXIT_CODES.usage.code,
  CONFIG_INVALID: EXIT_CODES.usage.code,
  SCRIPT_NOT_FOUND: EXIT_CODES.usage.code,
  SCRIPT_BUILD_FAILED: EXIT_CODES.usage.code,
  SCRIPT_LOAD_FAILED: EXIT_CODES.usage.code,
  SCRIPT_NO_USERS: EXIT_CODES.usage.code,
  SCRIPT_NO_TASKS: EXIT_CODES.usage.code,
  HOST_MISSING: EXIT_CODES.usage.code,
  FILE_NOT_WRITABLE: EXIT_CODES.usage.code,
  RESULT_INVALID: EXIT_CODES.usage.code,
  RUN_FILE_INVALID: EXIT_CODES.usage.code,
  RUN_FILES_DIFFER: EXIT_CODES.usage.code,
  FEEDER_INVALID: EXIT_CODES.usage.code,
  FEEDER_MISUSED: EXIT_CODES.usage.code,
  SETUP_FAILED: EXIT_CODES.usage.code,
  RUN_START_FAILED: EXIT_CODES.usage.code,
  HANDSHAKE_REFUSED: EXIT_CODES.usage.code,
  TARGET_NOT_READY: EXIT_CODES.incomplete.code,
  WORKERS_MISSING: EXIT_CODES.incomplete.code,
  SHAPE_FAILED: EXIT_CODES.failed.code,
  TEARDOWN_FAILED: EXIT_CODES.failed.code,
  LISTENER_FAILED: EXIT_CODES.failed.code,
};

/** The exit code of an error that ended `loadts`. */
export function exitCodeForError(error: unknown): number {
  const known = error instanceof LoadtsError ? CODE_OF_ERROR[error.code] : undefined;
  return known ?? EXIT_CODES.internal.code;
}
