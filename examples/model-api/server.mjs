import { parseArgs } from 'node:util';
import { createModelApi } from './model-api.mjs';

const HELP = `A small model behind HTTP, to try loadts on.

Usage: node examples/model-api/server.mjs [options]

  --port N          port to listen on, 0 for any free one (default 8000)
  --load-ms N       milliseconds until the model is loaded (default 2000)
  --queue N         batches that may wait for the model; more get a 503 (default 64)
  --slow-ms N       milliseconds that each batch takes longer (default 0)
  --leak-ms N       milliseconds that each batch adds to all later ones (default 0)
  --first-token-ms N  milliseconds until a chat's first token (default 80)
  --token-ms N      milliseconds between two tokens (default 10)
  -h, --help        this text

  GET  /health               {"status":"not_ready"} or {"status":"ready"}, always with status 200
  POST /embed                {"texts":["one","or more"]}
  POST /v1/chat/completions  {"messages":[...],"stream":true,"max_tokens":16}
`;
const NUMBERS = ['port', 'load-ms', 'queue', 'slow-ms', 'leak-ms', 'first-token-ms', 'token-ms'];
const EXIT_USAGE = 2;

try {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h' },
      ...Object.fromEntries(NUMBERS.map((name) => [name, { type: /** @type {const} */ ('string') }])),
    },
  });
  if (values['help']) process.stdout.write(HELP);
  else await serve(readNumbers(values));
} catch (error) {
  const { message } = /** @type {Error} */ (error);
  process.stderr.write(`error: ${message}\nhint: see --help\n`);
  process.exitCode = EXIT_USAGE;
}

/** @param {Record<string, number>} options */
async function serve({ port = 8000, ...options }) {
  const api = createModelApi(options);
  try {
    const url = await api.listen(port);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void api.close());
    process.stdout.write(`model API on ${url}\n`);
  } catch (error) {
    await api.close();
    throw error;
  }
}

/**
 * @param {Record<string, unknown>} values
 * @returns {Record<string, number>} by the name of the option: `slowMs`
 */
function readNumbers(values) {
  return Object.fromEntries(
    NUMBERS.filter((name) => values[name] !== undefined).map((name) => {
      const text = String(values[name]);
      if (!/^\d+(\.\d+)?$/.test(text)) throw new Error(`--${name} is "${text}", not a number`);
      return [name.replaceAll(/-([a-z])/g, (_, letter) => letter.toUpperCase()), Number(text)];
    }),
  );
}
