import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const HAS_NGINX = spawnSync('nginx', ['-v']).status === 0;

/** @typedef {Awaited<ReturnType<typeof startNginx>>} Nginx */

/**
 * One nginx process on one core that answers with a body of this size and counts.
 * @param {{ core: number, bodyBytes: number }} options
 */
export async function startNginx({ core, bodyBytes }) {
  const folder = mkdtempSync(join(tmpdir(), 'loadts-nginx-'));
  const [port, tlsPort] = [await freePort(), await freePort()];
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'body'), createBody(bodyBytes));
  createCertificate(folder);
  writeFileSync(join(folder, 'nginx.conf'), configure(folder, { port, tlsPort, bodyBytes }));
  const child = spawn(
    'taskset',
    ['-c', String(core), 'nginx', '-p', folder, '-c', 'nginx.conf', '-e', join(folder, 'logs/error.log')],
    { stdio: 'ignore' },
  );
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const status = `http://127.0.0.1:${port}/status`;
  const requests = async () => {
    const text = await (await fetch(status)).text();
    return Number(/^\s*\d+ \d+ (\d+)/m.exec(text)?.[1]);
  };
  for (let tries = 0; tries < 100; tries++) {
    if (await requests().then(Number.isFinite, () => false)) break;
    await sleep(50);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    tlsUrl: `https://127.0.0.1:${tlsPort}`,
    pid: child.pid ?? 0,
    /** Those that it has answered, this question included. */
    requests,
    async end() {
      process.off('exit', kill);
      const ended = once(child, 'exit');
      kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string} folder */
function createCertificate(folder) {
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  spawnSync('openssl', [...request, '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]);
}

/**
 * @param {string} folder
 * @param {{ port: number, tlsPort: number, bodyBytes: number }} options
 */
function configure(folder, { port, tlsPort, bodyBytes }) {
  // What fits into the configuration costs no look at the disk.
  const answer =
    bodyBytes <= 2_000 ? `return 200 '${createBody(bodyBytes)}'` : `root ${folder}; try_files /body =404`;
  return `
daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid;
events { worker_connections 30000; }
http {
  access_log off; keepalive_requests 100000000; keepalive_timeout 300s; sendfile off;
  open_file_cache max=10; default_type application/json;
  server {
    listen 127.0.0.1:${port} backlog=16384;
    listen 127.0.0.1:${tlsPort} ssl backlog=16384;
    ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
    location /status { stub_status; }
    location / { ${answer}; }
  }
}`;
}

/** @param {number} bytes */
function createBody(bytes) {
  return '{"id":12345,"name":"x"}'.padEnd(bytes, ' ');
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
