import { MASTER_OPTIONS, WORKER_OPTIONS } from './network-options.ts';
import type { CommandOption } from './option.ts';
import type { OptionTable } from './option-table.ts';
import { RUN_OPTIONS } from './options.ts';
import { fileName, type Parsed, trueOrFalse, wholeNumber } from './parse-value.ts';

/** What the manifests are told besides the options of the run. */
export interface KubernetesConfig {
  /** Pods with one worker each. */
  readonly workers: number;
  readonly image: string | undefined;
  /** Undefined: the one that kubectl is set to. */
  readonly namespace: string | undefined;
  /** Begins the names of all objects. */
  readonly name: string;
  readonly scriptInImage: boolean;
  /** A PersistentVolumeClaim for the reports; undefined: they end with the pod. */
  readonly reportsClaim: string | undefined;
  readonly workerCpu: string;
  readonly workerMemory: string;
  /** A local file, for the workers' Secret. */
  readonly tlsCa: string | undefined;
}

// The longest name below is NAME-master, and pods of a Job add 6 characters to it. A label holds 63.
const MAX_NAME = 48;
const MAX_LABEL = 63;

/** Options of `loadts kubernetes` alone. They describe manifests, not runs, so no file or environment sets them. */
export const KUBERNETES_OPTIONS: OptionTable<KubernetesConfig> = {
  workers: {
    flags: '--workers <n>',
    group: 'Kubernetes:',
    help: 'pods with one worker each',
    parse: wholeNumber(1, 10_000),
    fallback: 2,
    commandLineOnly: true,
  },
  image: {
    flags: '--image <ref>',
    group: 'Kubernetes:',
    help: 'the image of docker/Dockerfile where your cluster can pull it',
    parse: imageName,
    fallback: undefined,
    commandLineOnly: true,
  },
  namespace: {
    flags: '--namespace <name>',
    group: 'Kubernetes:',
    help: 'namespace of all objects',
    parse: objectName,
    fallback: undefined,
    fallbackText: 'the one of kubectl',
    commandLineOnly: true,
  },
  name: {
    flags: '--name <name>',
    group: 'Kubernetes:',
    help: 'begins the names of all objects',
    parse: namePrefix,
    fallback: 'loadts',
    commandLineOnly: true,
  },
  scriptInImage: {
    flags: '--script-in-image [bool]',
    group: 'Kubernetes:',
    help: 'the script is a path in the image, for one beyond 1 MiB',
    parse: trueOrFalse,
    fallback: false,
    commandLineOnly: true,
  },
  reportsClaim: {
    flags: '--reports-claim <name>',
    group: 'Kubernetes:',
    help: 'PersistentVolumeClaim that keeps the reports',
    parse: objectName,
    fallback: undefined,
    fallbackText: 'they end with the pod',
    commandLineOnly: true,
  },
  workerCpu: {
    flags: '--worker-cpu <quantity>',
    group: 'Kubernetes:',
    help: 'CPU that each worker requests',
    parse: quantity,
    fallback: '1',
    commandLineOnly: true,
  },
  workerMemory: {
    flags: '--worker-memory <quantity>',
    group: 'Kubernetes:',
    help: 'memory of each worker, as request and limit',
    parse: quantity,
    fallback: '1Gi',
    commandLineOnly: true,
  },
  tlsCa: { ...WORKER_OPTIONS.tlsCa, parse: fileName, commandLineOnly: true },
};

const FIXED_IN_CLUSTER = ['processes', 'list', 'showTaskRatio', 'masterBindHost', 'masterBindPort'];
const SECRET = ['token', 'tokenFile', 'tlsCert', 'tlsKey'];

const OTHER_DEFAULTS = {
  headless: { ...RUN_OPTIONS.headless, fallbackText: 'true' },
  expectWorkers: { ...MASTER_OPTIONS.expectWorkers, fallbackText: 'all of --workers' },
  expectWorkersMaxWaitMs: { ...MASTER_OPTIONS.expectWorkersMaxWaitMs, fallbackText: '10m' },
};

/** All that `loadts kubernetes` takes. */
export const CLUSTER_OPTIONS: readonly CommandOption<unknown>[] = [
  ...masterOptionsWithout(FIXED_IN_CLUSTER),
  ...Object.values(KUBERNETES_OPTIONS),
];

/** What goes to the master as it was given. Secrets, which may be local files, are not among them. */
export const PASSED_OPTIONS: readonly CommandOption<unknown>[] = masterOptionsWithout([
  ...FIXED_IN_CLUSTER,
  ...SECRET,
]);

/** The master's, with the defaults that manifests have. */
function masterOptionsWithout(fields: readonly string[]): CommandOption<unknown>[] {
  return Object.entries({ ...RUN_OPTIONS, ...MASTER_OPTIONS, ...OTHER_DEFAULTS })
    .filter(([field]) => !fields.includes(field))
    .map(([, option]) => option);
}

function objectName(raw: unknown): Parsed<string> {
  const text = typeof raw === 'string' ? raw.trim() : '';
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text) && text.length <= MAX_LABEL) return { value: text };
  return { wrong: 'is not a name that Kubernetes takes', hint: 'use lower-case letters, digits and dashes' };
}

function namePrefix(raw: unknown): Parsed<string> {
  const text = typeof raw === 'string' ? raw.trim() : '';
  if (/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(text) && text.length <= MAX_NAME) return { value: text };
  return {
    wrong: 'is not a name that Kubernetes takes',
    hint: `use lower-case letters, digits and dashes, a letter first, ${MAX_NAME} characters at most`,
  };
}

function imageName(raw: unknown): Parsed<string> {
  if (typeof raw === 'string' && /^[\w][\w./:@-]*$/.test(raw.trim())) return { value: raw.trim() };
  return {
    wrong: 'is not the name of an image',
    hint: 'use a name such as registry.example.com/loadts:0.1.0',
  };
}

function quantity(raw: unknown): Parsed<string> {
  if (typeof raw === 'string' && /^\d+(\.\d+)?(m|k|Ki|M|Mi|G|Gi)?$/.test(raw.trim()))
    return { value: raw.trim() };
  return { wrong: 'is not a quantity', hint: 'use 500m or 2 for CPU, 512Mi or 2Gi for memory' };
}
