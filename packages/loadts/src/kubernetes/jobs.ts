import {
  type ClusterRun,
  labelsOf,
  MASTER_PORT,
  type Manifest,
  metadataOf,
  SCRIPTS_FOLDER,
} from './cluster-run.ts';
import { podSpec, secretPath } from './pod-spec.ts';

const WEB_PORT = 8_089;
const REPORTS_FOLDER = '/reports';
const KEPT_SECONDS = 3_600;
const MASTER_CPU = '500m';
const MASTER_MEMORY = '1Gi';
const TOKEN_FILE = `--token-file=${secretPath('token')}`;

/** The master: its exit code decides over the Job. */
export function masterJob(run: ClusterRun): Manifest {
  const { runArguments, script, secrets, name, files, reportsClaim } = run;
  const tls = secrets['tls.crt'] === undefined ? [] : ['tls.crt', 'tls.key'];
  const tlsArguments = tls.map(
    (key) => `--${key.replace('crt', 'cert').replace('.', '-')}=${secretPath(key)}`,
  );
  const variables = Object.keys(secrets).filter((key) => key.startsWith('LOADTS_'));
  const hasFiles = files.length > 0;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(run, 'master', 'master'),
    spec: {
      backoffLimit: 0,
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: {
        metadata: { labels: labelsOf(run, 'master') },
        spec: podSpec(run, 'master', {
          args: [
            'master',
            script,
            ...runArguments,
            '--master-bind-host=0.0.0.0',
            TOKEN_FILE,
            ...tlsArguments,
          ],
          env: variables.map((key) => ({
            name: key,
            valueFrom: { secretKeyRef: { name: `${name}-secrets`, key } },
          })),
          // What is named without a folder lands among the reports.
          workingDir: REPORTS_FOLDER,
          ports: [
            { name: 'workers', containerPort: MASTER_PORT },
            { name: 'web', containerPort: WEB_PORT },
          ],
          resources: {
            requests: { cpu: MASTER_CPU, memory: MASTER_MEMORY },
            limits: { memory: MASTER_MEMORY },
          },
          secretFiles: ['token', ...tls],
          mounts: [
            { name: 'reports', mountPath: REPORTS_FOLDER },
            ...(hasFiles ? [{ name: 'scripts', mountPath: SCRIPTS_FOLDER, readOnly: true }] : []),
          ],
          volumes: [
            {
              name: 'reports',
              ...(reportsClaim === undefined
                ? { emptyDir: {} }
                : { persistentVolumeClaim: { claimName: reportsClaim } }),
            },
            ...(hasFiles ? [{ name: 'scripts', configMap: scriptsVolume(run) }] : []),
          ],
        }),
      },
    },
  };
}

function scriptsVolume({ name, files }: ClusterRun): Record<string, unknown> {
  return { name: `${name}-scripts`, items: files.map(({ key, path }) => ({ key, path })) };
}

/** The workers, one a pod. A lost one takes no other along, and is not started again: the others have its users. */
export function workerJob(run: ClusterRun): Manifest {
  const { workers, name, workerCpu, workerMemory, secrets, logArguments } = run;
  const ca = secrets['ca.crt'] === undefined ? [] : ['ca.crt'];
  const selector = { matchLabels: labelsOf(run) };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(run, 'worker', 'worker'),
    spec: {
      completionMode: 'Indexed',
      completions: workers,
      parallelism: workers,
      backoffLimitPerIndex: 0,
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: {
        metadata: { labels: labelsOf(run, 'worker') },
        spec: podSpec(run, 'worker', {
          args: [
            'worker',
            `--master-host=${name}-master`,
            TOKEN_FILE,
            ...ca.map((key) => `--tls-ca=${secretPath(key)}`),
            ...logArguments,
          ],
          resources: { requests: { cpu: workerCpu, memory: workerMemory }, limits: { memory: workerMemory } },
          secretFiles: ['token', ...ca],
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 100,
                  podAffinityTerm: { labelSelector: selector, topologyKey: 'kubernetes.io/hostname' },
                },
              ],
            },
          },
        }),
      },
    },
  };
}
