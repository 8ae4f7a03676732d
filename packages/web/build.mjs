// Builds the pages into dist/assets: the HTML report is one file, with its script and style inside; the web UI is a
// folder of files that a server serves, with nothing inline.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Script } from 'node:vm';
import { build } from 'vite';

const HERE = new URL('./', import.meta.url);
const ASSETS = new URL('dist/assets/', HERE);
const TARGET = { target: 'es2022', cssTarget: 'chrome111', modulePreload: false };
/** @type {import('vite').InlineConfig} */
const COMMON = {
  configFile: false,
  logLevel: 'warn',
  resolve: { conditions: ['@loadts/source', 'module', 'browser', 'import', 'default'] },
};
const MARKERS = ['{{title}}', '{{summary}}', '{{data}}'];

await mkdir(ASSETS, { recursive: true });
await writeFile(new URL('report.html', ASSETS), await buildReport());
await buildUi();

/** The report's page: everything but the data of a run, and a policy that lets nothing else in. */
async function buildReport() {
  const { script, style } = await bundle('src/report/main.tsx');
  const page = await readFile(new URL('src/report/page.html', HERE), 'utf8');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const html = page
    .replace('{{policy}}', () => policy.join('; '))
    .replace('/*style*/', () => style)
    .replace('/*script*/', () => script);
  const wrong = MARKERS.filter((marker) => html.split(marker).length !== 2);
  if (wrong.length > 0) throw new Error(`the report's page needs each of these once: ${wrong.join(', ')}`);
  return html;
}

/** The page of the web UI. Files under `assets/` have a hash in their name, so browsers may keep them for good. */
async function buildUi() {
  const root = new URL('src/ui/', HERE).pathname;
  await build({
    ...COMMON,
    root,
    // Relative, so that a proxy may serve it under any path.
    base: './',
    build: {
      ...TARGET,
      outDir: new URL('ui/', ASSETS).pathname,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      rolldownOptions: { input: `${root}index.html` },
    },
  });
}

/**
 * One page's code as one script and one style sheet.
 * @param {string} entry
 */
async function bundle(entry) {
  const result = await build({
    ...COMMON,
    root: HERE.pathname,
    build: {
      ...TARGET,
      write: false,
      lib: { entry, formats: ['iife'], name: 'loadts', fileName: 'page', cssFileName: 'page' },
    },
  });
  const files = [result].flat().flatMap((part) => ('output' in part ? part.output : []));
  const script = files.find((file) => file.type === 'chunk')?.code;
  const style = files.find((file) => file.fileName.endsWith('.css'));
  if (script === undefined || style?.type !== 'asset') throw new Error(`${entry}: no script or no style`);
  const safe = inScript(script.trim());
  // Throws where that was no text but code.
  new Script(safe);
  return { script: safe, style: String(style.source).trim() };
}

/**
 * The same code without what would end or confuse the element around it.
 * @param {string} code
 */
function inScript(code) {
  return code.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3C');
}

/** @param {string} text */
function hashOf(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
