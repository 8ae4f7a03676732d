// Healthy is a master that answers on the ports it listens on, and a worker that has its processes. One that still
// waits, for its target or for its master, is healthy too: to start it again would help nobody.
import { readdir, readFile } from 'node:fs/promises';
import { connect } from 'node:net';

const LISTENING = '0A';
const ANSWER_MS = 3_000;

const command = (await readFile('/proc/1/cmdline', 'utf8')).split('\0');
const problem = command[2] === 'worker' ? await findDeadWorker() : await findSilentPort();
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}

/** @returns {Promise<string | undefined>} */
async function findDeadWorker() {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const states = await Promise.all(pids.map(readState));
  const alive = states.filter((state) => state?.parent === '1' && state.state !== 'Z');
  return alive.length > 0 ? undefined : 'no worker process is alive';
}

/**
 * @param {string} pid
 * @returns {Promise<{ state: string | undefined, parent: string | undefined } | undefined>} undefined for one that has just ended
 */
async function readState(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined || Number(pid) === process.pid) return undefined;
  // Behind the name of the program, which may hold anything.
  const [state, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state, parent };
}

/** @returns {Promise<string | undefined>} */
async function findSilentPort() {
  const ports = await readListeningPorts();
  const isAnswered = await Promise.all(ports.map(answers));
  const silent = ports.filter((_, index) => !isAnswered[index]);
  return silent.length === 0
    ? undefined
    : `no answer on port ${silent.join(', ')} within ${ANSWER_MS / 1_000} s`;
}

/** @returns {Promise<readonly number[]>} */
async function readListeningPorts() {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const rows = tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/));
  const open = rows.filter(([, address = '', , state]) => state === LISTENING && isReachable(address));
  return [...new Set(open.map(([, address = '']) => Number.parseInt(address.split(':')[1] ?? '', 16)))];
}

/**
 * @param {string} address as the kernel writes it
 * @returns {boolean} false for one that belongs to another network, such as that of the engine's own name server
 */
function isReachable(address) {
  return /^0+:/.test(address) || address.startsWith('0100007F:');
}

/**
 * Whatever comes back, an error of TLS included, shows that the program behind the port is awake.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n'),
    );
    const finish = (/** @type {boolean} */ isAnswered) => {
      socket.destroy();
      resolve(isAnswered);
    };
    socket.once('data', () => finish(true));
    socket.once('close', () => finish(true));
    socket.on('error', () => {});
    socket.setTimeout(ANSWER_MS, () => finish(false));
  });
}
