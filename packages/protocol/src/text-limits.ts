/** The longest texts that messages may carry, in UTF-16 units. Senders shorten theirs; longer ones break the protocol. */
export const TEXT_LIMITS = {
  /** Of an entry. */
  name: 2_000,
  method: 50,
  /** Why requests failed. */
  reason: 1_000,
  scenario: 100,
  userClass: 200,
  task: 200,
  exceptionMessage: 2_000,
  stack: 20_000,
  tag: 200,
  logLine: 10_000,
  /** Why a user stopped the run. */
  stopReason: 2_000,
  /** Why a script could not be loaded. */
  scriptError: 20_000,
  /** The result of `setup()` as JSON. */
  data: 1_048_576,
  /** Of a data file. */
  column: 1_000,
  /** The rows of one message as JSON. */
  rows: 3_500_000,
  /** Why a worker was refused. */
  refusal: 2_000,
} as const;
