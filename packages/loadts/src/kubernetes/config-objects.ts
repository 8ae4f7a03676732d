import { isUtf8 } from 'node:buffer';
import { type ClusterRun, type Manifest, metadataOf } from './cluster-run.ts';

/** The script and its data; none where they are in the image. */
export function scriptConfigMap(run: ClusterRun): Manifest[] {
  if (run.files.length === 0) return [];
  const texts = run.files.filter(({ content }) => isUtf8(content));
  const others = run.files.filter(({ content }) => !isUtf8(content));
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadataOf(run, 'scripts'),
      data: Object.fromEntries(texts.map(({ key, content }) => [key, content.toString()])),
      ...(others.length === 0
        ? undefined
        : {
            binaryData: Object.fromEntries(
              others.map(({ key, content }) => [key, content.toString('base64')]),
            ),
          }),
    },
  ];
}

export function runSecret(run: ClusterRun): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf(run, 'secrets'),
    type: 'Opaque',
    stringData: run.secrets,
  };
}
