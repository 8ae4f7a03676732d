import { parseArgs } from 'node:util';
import { MAX_SLOW_MS } from './mode.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {number} port
 * @property {string} host
 * @property {number} slowMs
 * @property {number} failRatio
 * @property {boolean} help
 */

const FLAGS = /** @type {const} */ ({
  port: { type: 'string' },
  host: { type: 'string' },
  slow: { type: 'string' },
  fail: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
});
const UNIT_MS = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
]);

/**
 * Reads the command line. All problems are reported, not only the first; the options count if there are none.
 * @param {readonly string[]} args
 * @returns {{ options: ServerOptions, problems: string[] }}
 */
export function readServerOptions(args) {
  /** @type {ServerOptions} */
  const options = { port: 8000, host: '127.0.0.1', slowMs: 0, failRatio: 0, help: false };
  /** @type {string[]} */
  const problems = [];
  const { tokens } = parseArgs({
    args: [...args],
    options: FLAGS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`"${token.value}" is not expected here`);
    if (token.kind !== 'option') continue;
    const problem = applyFlag(options, token.name, token.value);
    if (problem !== undefined) problems.push(`${token.rawName} ${problem}`);
  }
  return { options, problems };
}

/**
 * Sets one option, or says what is wrong with its value.
 * @param {ServerOptions} options
 * @param {string} name
 * @param {string | undefined} value
 * @returns {string | undefined}
 */
function applyFlag(options, name, value) {
  if (!Object.hasOwn(FLAGS, name)) return 'is not an option';
  if (name === 'help') {
    options.help = true;
    return undefined;
  }
  if (value === undefined || value === '') return 'needs a value';
  switch (name) {
    case 'host':
      options.host = value;
      return undefined;
    case 'port':
      options.port = numberOf(value);
      return Number.isInteger(options.port) && options.port <= 65_535
        ? undefined
        : `"${value}" is not a port: a whole number from 0 (any free one) to 65535`;
    case 'slow':
      options.slowMs = durationMs(value);
      return options.slowMs <= MAX_SLOW_MS
        ? undefined
        : `"${value}" is not a delay: seconds, or with a unit such as 200ms, 1.5s, 1m; an hour at most`;
    default:
      options.failRatio = numberOf(value);
      return options.failRatio <= 1
        ? undefined
        : `"${value}" is not a share: a number from 0 to 1, such as 0.1 for every tenth answer`;
  }
}

/**
 * @param {string} text
 * @returns {number} NaN for anything but plain decimal digits, so that `0x10`, `-1` and ` ` are refused
 */
function numberOf(text) {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** @param {string} text */
function durationMs(text) {
  const [, amount = '', unit = 's'] = /^([\d.]+)(ms|s|m)?$/.exec(text) ?? [];
  return numberOf(amount) * (UNIT_MS.get(unit) ?? Number.NaN);
}
