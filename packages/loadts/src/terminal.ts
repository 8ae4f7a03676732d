import type { ReportStream } from '@loadts/master';

/** Where keys are pressed: `process.stdin`, as a rule. */
export interface KeyInput {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: 'data', listener: (data: unknown) => void): unknown;
  off(event: 'data', listener: (data: unknown) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Where a command reads and writes, and whether colour is welcome there. */
export interface Terminal {
  readonly stdin?: KeyInput;
  readonly stdout: ReportStream;
  readonly stderr: ReportStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** See no-color.org; `FORCE_COLOR` is for CI systems that show colours without being a terminal. */
export function wantsColor(stream: ReportStream, env: Terminal['env']): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
