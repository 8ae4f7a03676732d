/** A file that `loadts init` writes. */
export interface FirstFile {
  readonly name: string;
  readonly content: string;
}

const SCRIPT = `import { between, HttpUser, task } from 'loadts';

// Options of a run. The command line wins over them: npx loadts run load.ts --users 50
export const options = { users: 5, spawnRate: 1, runTime: '30s' };

// Each simulated user is one object of an exported class, with connections of its own.
export class Visitor extends HttpUser {
  // After each task a user waits this many seconds, drawn anew every time.
  waitTime = between(1, 3);

  // Once for each user, before its first task: sign in, create test data. onStop() is its counterpart.
  async onStart() {
    await this.client.get('/', { name: 'first visit' });
  }

  // A user picks one of its tasks, runs it, waits and starts over. This one is picked 3 times in 4.
  @task(3)
  async openHome() {
    await this.client.get('/');
  }

  // Without a check, any status below 400 is a success. A check can look further; the text that it
  // returns is the reason of the failure.
  @task
  async readCarefully() {
    await this.client.get('/', {
      check: (res) => (res.text().length > 0 ? true : 'the page is empty'),
    });
  }
}
`;

const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['*.ts'],
};

/** A first script and what an editor and npm need beside it. `version` is that of loadts. */
export function firstFiles(version: string): FirstFile[] {
  const manifest = {
    private: true,
    type: 'module',
    scripts: { test: 'loadts run load.ts --headless --host http://localhost:8000' },
    devDependencies: { loadts: `^${version}` },
  };
  return [
    { name: 'load.ts', content: SCRIPT },
    { name: 'tsconfig.json', content: toJson(TSCONFIG) },
    { name: 'package.json', content: toJson(manifest) },
  ];
}

function toJson(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}
