import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ANSWER_TIMEOUT_MS = 20_000;

/** Whether processes can be kept on one core each; where not, the figures are a little noisier. */
export const CAN_PIN = spawnSync('taskset', ['-c', '1', process.execPath, '-e', '']).status === 0;

/**
 * @typedef {object} ProcessOptions
 * @property {string} file beside this one
 * @property {string[]} [args]
 * @property {string[]} [nodeOptions]
 * @property {number} core kept to where the system allows it
 */

/** @typedef {Awaited<ReturnType<typeof startProcess>>} Child */

/**
 * Starts a Node process that uses `answerParent`, and waits until it answers `ready`.
 * @param {ProcessOptions} options
 */
export async function startProcess({ file, args = [], nodeOptions = [], core }) {
  const command = [process.execPath, ...nodeOptions, fileURLToPath(new URL(file, import.meta.url)), ...args];
  if (CAN_PIN) command.unshift('taskset', '-c', String(core));
  const [program = '', ...rest] = command;
  const child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  let questions = 0;

  /**
   * @param {string} question
   * @returns {Promise<any>}
   */
  const ask = (question) => {
    const id = ++questions;
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error(`${file} did not answer "${question}"`));
      child.send({ id, question }, (error) => error && fail());
      const timer = setTimeout(fail, ANSWER_TIMEOUT_MS);
      child.once('exit', fail);
      child.on('message', function take(/** @type {any} */ reply) {
        if (reply.id !== id) return;
        child.off('message', take).off('exit', fail);
        clearTimeout(timer);
        resolve(reply.answer);
      });
    });
  };

  const ready = await ask('ready');
  return {
    ready,
    ask,
    async end() {
      process.off('exit', kill);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      kill();
      await ended;
    },
  };
}
