import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';

/** What Kubernetes itself would say of an object, unknown fields included. @returns its complaints */
export type CheckManifest = (manifest: { readonly kind: string }) => string[];

interface SchemaFile {
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly kinds: Readonly<Record<string, string>>;
}

export async function readManifestSchema(): Promise<CheckManifest> {
  const text = await readFile(new URL('./schema-1.32.json', import.meta.url), 'utf8');
  const { definitions, kinds } = JSON.parse(text) as SchemaFile;
  const ajv = new Ajv({ allErrors: true, strict: false });
  const validators = new Map<string, ValidateFunction>(
    Object.entries(kinds).map(([kind, $ref]) => [kind, ajv.compile({ $ref, definitions })]),
  );
  return (manifest) => {
    const validate = validators.get(manifest.kind);
    if (validate === undefined) return [`no schema for ${manifest.kind}`];
    validate(manifest);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${manifest.kind}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}
