// Says where the packages' dependencies, their TypeScript references and the imports that lint allows disagree.
import { readdir, readFile } from 'node:fs/promises';

const PACKAGES = new URL('../packages/', import.meta.url);
const SCOPE = '@loadts/';
/** Built into files that need nothing else: what its code imports is not installed with it. */
const BUNDLED = 'web';
const BUILD_TOOLS = ['vite'];

const lint = await readJson(new URL('../.oxlintrc.json', import.meta.url));
const names = await readdir(PACKAGES);
const problems = (await Promise.all(names.map(findProblems))).flat();
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/**
 * @param {string} name
 * @returns {Promise<string[]>}
 */
async function findProblems(name) {
  const manifest = await readJson(new URL(`${name}/package.json`, PACKAGES));
  const { references } = await readJson(new URL(`${name}/tsconfig.json`, PACKAGES));
  const dependencies = Object.keys(
    (name === BUNDLED ? manifest.devDependencies : manifest.dependencies) ?? {},
  ).filter((dependency) => !BUILD_TOOLS.includes(dependency));
  return [
    ...describe(`${name}/package.json`, dependencies, '.oxlintrc.json', allowedImports(name)),
    ...describe(
      `${name}/package.json`,
      dependencies.filter((dependency) => dependency.startsWith(SCOPE)),
      `${name}/tsconfig.json`,
      references.map((/** @type {{ path: string }} */ { path }) => path.replace('../', SCOPE)),
    ),
  ];
}

/**
 * The packages that lint lets another one import; Node's own modules are no dependencies.
 * @param {string} name
 * @returns {string[]}
 */
function allowedImports(name) {
  for (const { files, rules } of lint.overrides) {
    if (!files.includes(`packages/${name}/src/**`)) continue;
    const [, { patterns }] = rules['no-restricted-imports'];
    return patterns
      .flatMap((/** @type {{ group?: string[] }} */ { group }) => group ?? [])
      .filter((/** @type {string} */ glob) => /^!(?!\.|node:)/.test(glob))
      .map((/** @type {string} */ glob) => glob.slice(1).replace(/^((?:@[^/]+\/)?[^/]+).*/, '$1'));
  }
  return [];
}

/**
 * @param {string} left
 * @param {string[]} leftNames
 * @param {string} right
 * @param {string[]} rightNames
 */
function describe(left, leftNames, right, rightNames) {
  return [
    ...missing(leftNames, rightNames).map((name) => `${left} has ${name}, which ${right} does not allow`),
    ...missing(rightNames, leftNames).map((name) => `${right} allows ${name}, which ${left} does not have`),
  ];
}

/**
 * @param {string[]} wanted
 * @param {string[]} present
 */
function missing(wanted, present) {
  return wanted.filter((name) => !present.includes(name));
}

/** @param {URL} file */
async function readJson(file) {
  return JSON.parse(await readFile(file, 'utf8'));
}
