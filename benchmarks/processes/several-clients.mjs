// Several workers, each a process of its own, that share the users between them.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [host = '', users = '', workers = ''] = process.argv.slice(2);
const share = String(Math.round(Number(users) / Number(workers)));
for (let i = 0; i < Number(workers); i++) {
  fork(fileURLToPath(new URL('loadts-client.mjs', import.meta.url)), [host, share]);
}
// No load without the one who measures it.
process.on('disconnect', () => process.exit());
