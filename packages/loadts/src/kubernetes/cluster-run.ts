import type { KubernetesConfig } from '../config/kubernetes-options.ts';
import type { ScriptFile } from './script-files.ts';

/** The port of the master, in its container and in its Service. */
export const MASTER_PORT = 5_557;

/** Where the master has its script. */
export const SCRIPTS_FOLDER = '/scripts';

/** A run as its manifests need to know it. */
export interface ClusterRun
  extends Pick<
    KubernetesConfig,
    'workers' | 'namespace' | 'name' | 'reportsClaim' | 'workerCpu' | 'workerMemory'
  > {
  readonly image: string;
  /** As the master is told: a path in its container, or a URL. */
  readonly script: string;
  /** Empty where the script is in the image, or there is none. */
  readonly files: readonly ScriptFile[];
  /** The master's, as they were given. */
  readonly runArguments: readonly string[];
  /** The log's, which workers share. */
  readonly logArguments: readonly string[];
  readonly stopTimeoutMs: number;
  /** `token`, `tls.crt`, `tls.key`, `ca.crt` and the script's arguments by their variables. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** One object of Kubernetes. */
export type Manifest = { readonly apiVersion: string; readonly kind: string } & Readonly<
  Record<string, unknown>
>;

export type Component = 'master' | 'worker';

/** What tells the pods of a run from all others. */
export function labelsOf({ name }: Pick<ClusterRun, 'name'>, component?: Component): Record<string, string> {
  const own = { 'app.kubernetes.io/name': 'loadts', 'app.kubernetes.io/instance': name };
  return component === undefined ? own : { ...own, 'app.kubernetes.io/component': component };
}

export function metadataOf(run: ClusterRun, suffix: string, component?: Component): Record<string, unknown> {
  const { name, namespace } = run;
  return {
    name: `${name}-${suffix}`,
    ...(namespace === undefined ? undefined : { namespace }),
    labels: labelsOf(run, component),
  };
}
