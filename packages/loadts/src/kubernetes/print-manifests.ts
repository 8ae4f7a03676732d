import { Document, isMap, stringify } from 'yaml';
import type { ClusterRun, Manifest } from './cluster-run.ts';
import { runSecret, scriptConfigMap } from './config-objects.ts';
import { masterJob, workerJob } from './jobs.ts';
import { masterService, networkPolicies } from './network.ts';

const RESOURCES = ['spec', 'template', 'spec', 'containers', 0, 'resources'];
const CPU_NOTE = ' No limit of CPU: a throttled worker would measure its own pauses as those of the target.';

/** Every object of a run as YAML, with how to use it on top. */
export function printManifests(run: ClusterRun): string {
  const manifests = [
    ...scriptConfigMap(run),
    runSecret(run),
    masterService(run),
    ...networkPolicies(run),
    masterJob(run),
    workerJob(run),
  ];
  return [describeUse(run), ...manifests.map(printManifest)].join('---\n');
}

function describeUse({ name, namespace, workers }: ClusterRun): string {
  const kubectl = namespace === undefined ? 'kubectl' : `kubectl -n ${namespace}`;
  return [
    `# A run on ${workers === 1 ? '1 worker' : `${workers} workers`}. Apply all of it:  loadts kubernetes ... | kubectl apply --server-side -f -`,
    `# Its report:              ${kubectl} logs -f job/${name}-master`,
    `# Whether it passed:       ${kubectl} wait --for=condition=complete --timeout=-1s job/${name}-master`,
    `# To stop it, with report: ${kubectl} exec job/${name}-master -- sh -c 'kill -TERM 1'`,
    `# To remove all of it:     ${kubectl} delete job,service,networkpolicy,configmap,secret -l app.kubernetes.io/instance=${name}`,
    '',
  ].join('\n');
}

function printManifest(manifest: Manifest): string {
  const document = new Document(manifest, { aliasDuplicateObjects: false });
  const resources = document.getIn(RESOURCES, true);
  if (isMap(resources)) resources.commentBefore = CPU_NOTE;
  return stringify(document, { lineWidth: 0 });
}
