import { createSampleApi } from './sample-api.mjs';
import { readServerOptions } from './server-options.mjs';

/** @import { SampleApi } from './sample-api.mjs' */
/** @import { ServerOptions } from './server-options.mjs' */

const HELP = `A small JSON API to try loadts on.

Usage: node examples/sample-api/server.mjs [options]

  --port N      port to listen on, 0 for any free one (default 8000)
  --host NAME   address to listen on (default 127.0.0.1)
  --slow TIME   wait before each answer: 200ms, 1.5s; a bare number is seconds (default 0)
  --fail SHARE  share of the answers that become a 500: 0.1 fails every tenth (default 0)
  -h, --help    this text

  GET /   GET /users   POST /users   GET /status

  GET  /_sample/counts  what was answered, by method and path
  POST /_sample/reset   count from zero again
  POST /_sample/mode    {"slowMs": 200, "failRatio": 0.1}, either or both, while it runs
`;
const EXIT_USAGE = 2;

const { options, problems } = readServerOptions(process.argv.slice(2));
if (options.help) process.stdout.write(HELP);
else if (problems.length > 0) refuse(problems, 'see --help');
else await serve(options);

/** @param {ServerOptions} options */
async function serve({ port, host, slowMs, failRatio }) {
  const api = createSampleApi({ slowMs, failRatio });
  try {
    const url = await api.listen(port, host);
    // Before the line below, since whoever waits for it may send a signal at once.
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void finish(api));
    process.stdout.write(`sample API on ${url}\n`);
  } catch (error) {
    const problem = describe(/** @type {NodeJS.ErrnoException} */ (error), port, host);
    refuse([problem], 'choose another --port or --host');
  }
}

/** @param {SampleApi} api */
async function finish(api) {
  await api.close();
  const { total, failed } = api.counts();
  process.stdout.write(`answered ${total} requests, ${failed} of them with a failure on purpose\n`);
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {number} port
 * @param {string} host
 */
function describe(error, port, host) {
  const { code, message } = error;
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is already in use`;
  if (code === 'EACCES') return `port ${port} on ${host} may not be used by this account`;
  const isNoAddress = code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND';
  return isNoAddress ? `${host} is not an address of this machine` : message;
}

/**
 * @param {readonly string[]} reasons
 * @param {string} hint
 */
function refuse(reasons, hint) {
  for (const reason of reasons) process.stderr.write(`error: ${reason}\n`);
  process.stderr.write(`hint: ${hint}\n`);
  process.exitCode = EXIT_USAGE;
}
