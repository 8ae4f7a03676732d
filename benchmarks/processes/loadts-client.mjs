// One worker as `loadts run` starts it, with a master in the same process that only says when to start and stop:
// HOST USERS [WAIT_TIME [ENGINE [ENTRIES]]].
import { systemClock } from '@loadts/worker';
import { answerParent, cpuUs } from './answer-parent.mjs';
import { startScriptedRun } from './scripted-run.mjs';

const [host = '', users = '', waitTime = '', engine, entries = '1'] = process.argv.slice(2);
const wait = waitTime === '' ? '' : `waitTime = between(${waitTime});`;
const script = `
  import { between, HttpUser, task } from 'loadts';
  const paths = Array.from({ length: ${entries} }, (_, index) => (index === 0 ? '/' : '/' + index));
  export class Visitor extends HttpUser {
    ${wait}
    async home() {
      await this.client.get(${entries === '1' ? "'/'" : 'paths[Math.floor(Math.random() * paths.length)]'});
    }
  }
  task(Visitor.prototype.home, { kind: 'method', name: 'home' });
`;
const run = startScriptedRun({
  script,
  className: 'Visitor',
  host,
  users: Number(users),
  clock: systemClock,
  engine: engine === 'undici' ? 'undici' : 'fast',
});

answerParent({
  ready: () => run.started,
  cpuUs,
  statuses: () => run.statuses.splice(0),
  memoryBytes: () => process.memoryUsage.rss(),
  async stop() {
    const totals = await run.stop();
    return { reported: totals.reduce((sum, { ended }) => sum + ended, 0), errors: 0 };
  },
});
