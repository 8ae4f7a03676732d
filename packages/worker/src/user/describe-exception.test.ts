import { describe, expect, it } from 'vitest';
import { describeException } from './describe-exception.ts';

describe('describeException', () => {
  it('names the error and its message', () => {
    expect(describeException(new TypeError('no'), 'A').message).toBe('TypeError: no');
  });

  it.each([
    ['text', 'thrown: text'],
    [5, 'thrown: 5'],
    [null, 'thrown: null'],
    [undefined, 'thrown: undefined'],
    [{ code: 1 }, 'thrown: { code: 1 }'],
    [Object.create(null), 'thrown: [Object: null prototype] {}'],
    [Symbol('s'), 'thrown: Symbol(s)'],
  ])('shows what is no error: %o', (thrown, message) => {
    const described = describeException(thrown, 'A');
    expect([described.message, described.readStack()]).toEqual([message, message]);
  });

  it('shows the calls in the script, without those of loadts and Node', () => {
    const error = new Error('x');
    const own = new URL('./user-loop.ts', import.meta.url).href;
    error.stack = [
      'Error: x',
      '    at _Cart.pay (load.ts:9:8)',
      '    at _Shopper.buy (load.ts:3:4)',
      `    at UserLoop.run (${own}:1:2)`,
      '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    ].join('\n');
    expect(describeException(error, 'Shopper', 'Cart').readStack()).toBe(
      'Error: x\n    at Cart.pay (load.ts:9:8)\n    at Shopper.buy (load.ts:3:4)',
    );
  });

  it('does without a stack', () => {
    const error = new Error('x');
    delete error.stack;
    expect(describeException(error, 'A').readStack()).toBe('Error: x');
  });
});
