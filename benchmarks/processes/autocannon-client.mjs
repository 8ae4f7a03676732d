// autocannon with as many connections as there are users, each with one request under way.
// @ts-expect-error It comes without types.
import autocannon from 'autocannon';
import { answerParent, cpuUs } from './answer-parent.mjs';

const [url = '', connections = ''] = process.argv.slice(2);
// Ended by `stop`; the duration only has to be longer than that takes.
const run = autocannon({ url, connections: Number(connections), pipelining: 1, duration: 60 });

answerParent({
  ready: () => true,
  cpuUs,
  async stop() {
    run.stop();
    const { requests, errors } = await run;
    return { reported: requests.total, errors };
  },
});
