// One worker as `loadts run` starts it, with a master in the same process that only says when to start and stop.
import { systemClock } from '@loadts/worker';
import { answerParent, cpuUs } from './answer-parent.mjs';
import { startScriptedRun } from './scripted-run.mjs';

const [host = '', users = '', waitTime = '', engine] = process.argv.slice(2);
const wait = waitTime === '' ? '' : `waitTime = between(${waitTime});`;
const script = `
  import { between, HttpUser, task } from 'loadts';
  export class Visitor extends HttpUser {
    ${wait}
    async home() {
      await this.client.get('/');
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
