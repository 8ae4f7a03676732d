import { describe, expect, it } from 'vitest';
import { settle, until } from './fake-clock.case.ts';
import { connectWorker } from './fake-master.case.ts';
import { createScript, createUserScript } from './script/test-script.case.ts';

const USERS = createUserScript(
  'ApiUser',
  "async use() { const { id } = await rows.next(); throw new Error('got ' + id); }",
  'use',
);

/** A worker with users that want a row each time, and wait for the first. */
async function startUsers(options: string, users = 2) {
  const connected = await connectWorker();
  const { master } = connected;
  await master.greet();
  const declaration = `import { csv } from 'loadts';\nconst rows = csv('users.csv', ${options});\n`;
  master.sendScript(createScript(declaration + USERS.code));
  await master.last('scriptReady');
  master.start({ feeders: [{ columns: ['id'] }] });
  master.plan({ users, before: [[0]] });
  await master.last('feederRequest');
  const answer = (rows: readonly string[], supply: 'plenty' | 'scarce' | 'end'): void => {
    const json = JSON.stringify(rows.map((row) => [row]));
    master.send({ type: 'feederRows', feeder: 0, rows: json, supply });
  };
  return { ...connected, answer };
}

async function stop({ master }: Pick<Awaited<ReturnType<typeof startUsers>>, 'master'>): Promise<string[]> {
  master.send({ type: 'stop' });
  await master.last('final');
  return master.all('snapshot').flatMap(({ exceptions }) => exceptions.map(({ message }) => message));
}

describe('a worker whose script has a feeder', () => {
  it('asks for rows, hands them to its users, and says when no user is left', async () => {
    const run = await startUsers("{ onEnd: 'stop' }");
    const { master, clock, answer } = run;
    expect(master.all('feederRequest')).toEqual([{ type: 'feederRequest', feeder: 0, held: 0, wanted: 1 }]);
    answer(['7'], 'scarce');
    await until(() => master.all('feederRequest').length === 2);
    answer(['8'], 'end');
    await settle();
    // Each user comes back for more after its first row.
    await clock.advance(100);
    await until(() => master.all('usersEnded').length > 0);
    expect(master.all('usersEnded')).toEqual([{ type: 'usersEnded', generation: 1 }]);
    expect((await stop(run)).sort()).toEqual(['Error: got 7', 'Error: got 8']);
  });

  it('says so again after another plan, and not before that is carried out', async () => {
    const { master, clock, answer } = await startUsers("{ onEnd: 'stop' }");
    answer([], 'end');
    await until(() => master.all('usersEnded').length > 0);
    master.plan({ generation: 2, startUs: 1_500_000, users: 3, before: [[2]], ordinals: [2] });
    await settle();
    await clock.advance(1_400);
    await settle();
    expect(master.all('usersEnded')).toHaveLength(1);
    await clock.advance(700);
    await until(() => master.all('usersEnded').length > 1);
    expect(master.all('usersEnded').at(-1)).toEqual({ type: 'usersEnded', generation: 2 });
    await clock.advance(3_000);
    await settle();
    expect(master.all('usersEnded')).toHaveLength(2);
  });

  it('keeps its users where they shall fail, and counts each exception', async () => {
    const run = await startUsers("{ onEnd: 'fail' }", 1);
    run.answer(['7'], 'end');
    await run.clock.advance(1);
    const messages = await stop(run);
    expect(messages).toEqual(['Error: got 7', expect.stringMatching(/no row of users\.csv is left/)]);
    expect(run.master.all('usersEnded')).toEqual([]);
  });

  it('ends users that wait for a row when it loses its master', async () => {
    const { master, outcome } = await startUsers("{ onEnd: 'fail' }");
    master.connection.close('gone');
    expect(await outcome).toMatchObject({ code: 'WORKERS_MISSING' });
  });

  it('leaves where its script declares other feeders than that of the master', async () => {
    const { master, outcome } = await startUsers('{}');
    master.start({ feeders: [] });
    expect(await outcome).toMatchObject({
      code: 'SCRIPT_LOAD_FAILED',
      message: 'the script declares 1 feeders on this worker and 0 on the master',
    });
  });

  it('leaves where it gets rows of a feeder that is none', async () => {
    const { master, outcome } = await startUsers('{}');
    master.send({ type: 'feederRows', feeder: 1, rows: '[]', supply: 'plenty' });
    expect(await outcome).toMatchObject({ code: 'MESSAGE_INVALID', message: 'there is no feeder 1' });
  });
});
