import { TEXT_LIMITS } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { captureConsole } from './capture-console.ts';
import { LogForwarder } from './log-forwarder.ts';

describe('LogForwarder', () => {
  it('hands over the lines since the last time, with their levels', () => {
    const forwarder = new LogForwarder('trace');
    const { logger } = forwarder;
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const)
      logger[level](`a ${level}`);
    const levels = ['trace', 'debug', 'info', 'warn', 'error', 'error'];
    expect(forwarder.take().map(({ level }) => level)).toEqual(levels);
    logger.info('later');
    expect(forwarder.take()).toEqual([{ level: 'info', text: 'later' }]);
    expect(forwarder.take()).toEqual([]);
  });

  it('keeps what is below its level to itself', () => {
    const forwarder = new LogForwarder('warn');
    forwarder.logger.info('no');
    forwarder.logger.warn('yes');
    expect(forwarder.take()).toEqual([{ level: 'warn', text: 'yes' }]);
  });

  it('holds back what goes beyond 100 lines a second, and says how many', () => {
    const forwarder = new LogForwarder('info');
    for (let i = 0; i < 250; i++) forwarder.logger.info(`line ${i}`);
    const lines = forwarder.take();
    expect(lines).toHaveLength(101);
    expect(lines[99]).toEqual({ level: 'info', text: 'line 99' });
    expect(lines[100]).toEqual({ level: 'warn', text: '150 more lines were held back' });
    for (let i = 0; i < 100; i++) forwarder.logger.info('x');
    expect(forwarder.take()).toHaveLength(100);
  });

  it('shortens a line that could not be sent', () => {
    const forwarder = new LogForwarder('info');
    forwarder.logger.info('x'.repeat(50_000));
    expect(forwarder.take()[0]?.text).toHaveLength(TEXT_LIMITS.logLine);
  });

  it('takes errors and objects as well', () => {
    const forwarder = new LogForwarder('info');
    forwarder.logger.error(new Error('broken'));
    forwarder.logger.info({ msg: 5 });
    forwarder.logger.info({ other: 5 });
    expect(forwarder.take().map(({ text }) => text)).toEqual(['broken', '5', '']);
  });
});

describe('captureConsole', () => {
  it('makes lines of what a script prints, as the console would write it', () => {
    const printer = globalThis.console;
    const original = { ...printer };
    const forwarder = new LogForwarder('debug');
    try {
      captureConsole(forwarder.logger);
      printer.log('%s is %d', 'x', 5, { a: [1] });
      printer.info('info');
      printer.debug('debug');
      printer.warn('warn');
      printer.error(new Error('error').message);
    } finally {
      Object.assign(printer, original);
    }
    expect(forwarder.take()).toEqual([
      { level: 'info', text: 'x is 5 { a: [ 1 ] }' },
      { level: 'info', text: 'info' },
      { level: 'debug', text: 'debug' },
      { level: 'warn', text: 'warn' },
      { level: 'error', text: 'error' },
    ]);
  });
});
