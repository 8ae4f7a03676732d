import type { ClusterRun } from './cluster-run.ts';

type Json = Readonly<Record<string, unknown>>;

const USER = 1_000;
/** For acknowledgements and reports, after the stop timeout. */
const GRACE_SECONDS = 20;
const TEMPORARY = '/tmp';
const SECRETS_FOLDER = '/run/secrets/loadts';

export interface PodParts {
  readonly args: readonly string[];
  readonly env?: readonly Json[];
  readonly resources: Json;
  /** Which of the run's secrets stand in files. */
  readonly secretFiles: readonly string[];
  readonly ports?: readonly Json[];
  readonly mounts?: readonly Json[];
  readonly volumes?: readonly Json[];
  readonly workingDir?: string;
  readonly affinity?: Json;
}

/** Where a container finds one of the run's secrets. */
export function secretPath(key: string): string {
  return `${SECRETS_FOLDER}/${key}`;
}

/** A pod that the strictest pod security standard admits, and that may finish what it is at. */
export function podSpec(run: ClusterRun, container: string, parts: PodParts): Json {
  const {
    args,
    env = [],
    resources,
    secretFiles,
    ports,
    mounts = [],
    volumes = [],
    workingDir,
    affinity,
  } = parts;
  const items = secretFiles.map((key) => ({ key, path: key }));
  return {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: Math.ceil(run.stopTimeoutMs / 1_000) + GRACE_SECONDS,
    automountServiceAccountToken: false,
    // Kubernetes would describe services in variables, and those of NAME-master look like options of loadts.
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      fsGroup: USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(affinity === undefined ? undefined : { affinity }),
    containers: [
      {
        name: container,
        image: run.image,
        args,
        env: [{ name: 'TMPDIR', value: TEMPORARY }, ...env],
        ...(workingDir === undefined ? undefined : { workingDir }),
        ...(ports === undefined ? undefined : { ports }),
        resources,
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'tmp', mountPath: TEMPORARY },
          { name: 'secrets', mountPath: SECRETS_FOLDER, readOnly: true },
          ...mounts,
        ],
      },
    ],
    volumes: [
      { name: 'tmp', emptyDir: {} },
      { name: 'secrets', secret: { secretName: `${run.name}-secrets`, items } },
      ...volumes,
    ],
  };
}
