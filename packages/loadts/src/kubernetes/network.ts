import { type ClusterRun, labelsOf, MASTER_PORT, type Manifest, metadataOf } from './cluster-run.ts';

/** The name by which workers find their master. */
export function masterService(run: ClusterRun): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(run, 'master', 'master'),
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: labelsOf(run, 'master'),
      ports: [{ name: 'workers', port: MASTER_PORT }],
    },
  };
}

/** Workers alone reach the master, and nobody reaches workers. */
export function networkPolicies(run: ClusterRun): Manifest[] {
  const fromWorkers = {
    from: [{ podSelector: { matchLabels: labelsOf(run, 'worker') } }],
    ports: [{ protocol: 'TCP', port: MASTER_PORT }],
  };
  return (['master', 'worker'] as const).map((component) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(run, component, component),
    spec: {
      podSelector: { matchLabels: labelsOf(run, component) },
      policyTypes: ['Ingress'],
      ingress: component === 'master' ? [fromWorkers] : [],
    },
  }));
}
