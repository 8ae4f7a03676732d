export interface LogLine {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

export interface LogMessage {
  readonly type: 'log';
  readonly lines: readonly LogLine[];
}
