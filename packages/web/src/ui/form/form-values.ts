import type { FormArg, FormView, StartRequest } from '@loadts/protocol';

/** What decides over the load of a run. */
export type LoadModel = 'users' | 'shape' | 'profile' | 'rate' | 'scriptRate' | 'scenarios';

type ArgValue = string | boolean;

/** What stands in the start form, as it was typed. */
export interface FormValues {
  readonly model: LoadModel;
  readonly users: string;
  readonly spawnRate: string;
  readonly rate: string;
  readonly maxUsers: string;
  readonly shape: string;
  readonly profile: string;
  readonly host: string;
  readonly runTime: string;
  readonly classes: readonly string[];
  readonly scenarios: readonly string[];
  /** One a line. */
  readonly thresholds: string;
  readonly args: Readonly<Record<string, ArgValue>>;
}

/** Filled with what the command was told. */
export function valuesOf(form: FormView): FormValues {
  return {
    model: modelOf(form),
    users: String(form.users),
    spawnRate: String(form.spawnRate),
    rate: textOf(form.rate),
    maxUsers: textOf(form.maxUsers),
    shape: form.shape ?? form.shapes[0] ?? '',
    profile: form.profile ?? form.profiles[0] ?? '',
    host: form.host ?? '',
    runTime: form.runTime ?? '',
    classes: form.chosenClasses,
    scenarios: form.chosenScenarios,
    thresholds: form.thresholds.join('\n'),
    args: Object.fromEntries(form.args.map((arg) => [arg.name, argValue(arg)])),
  };
}

/** The models that a script can run under. */
export function modelsOf(form: FormView): readonly LoadModel[] {
  if (form.scenarios.length > 0) return ['scenarios'];
  return [
    'users',
    ...(form.shapes.length > 0 ? (['shape'] as const) : []),
    ...(form.profiles.length > 0 ? (['profile'] as const) : []),
    'rate',
    ...(form.scriptRate === null ? [] : (['scriptRate'] as const)),
  ];
}

/** What the server is asked for. An empty text takes back what the command was told. */
export function toRequest(values: FormValues, form: FormView): StartRequest {
  const { model, host, runTime, thresholds, classes } = values;
  return {
    host: host.trim(),
    runTime: runTime.trim(),
    thresholds: thresholds
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    ...loadOf(values, form),
    ...(model !== 'scenarios' && form.classes.length > 1 && { classes }),
    ...(form.args.length > 0 && { args: argsOf(values, form) }),
  };
}

function loadOf(values: FormValues, form: FormView): StartRequest {
  const { model, users, spawnRate, rate, maxUsers, shape, profile } = values;
  if (model === 'scenarios') return { scenarios: values.scenarios };
  // One of them decides: what else the command or the script says has to be taken back.
  const without = {
    ...(form.shapes.length > 0 && { shape: '' }),
    ...(form.profile !== null && { profile: '' }),
    ...((form.rate !== null || form.scriptRate !== null) && { rate: '', maxUsers: '' }),
  };
  if (model === 'shape') return { ...without, shape };
  if (model === 'profile') return { ...without, profile, users: users.trim() };
  const noUsers = { users: '', spawnRate: '' };
  if (model === 'rate')
    return { ...without, ...noUsers, rate: rate.trim(), maxUsers: maxUsers.trim() || null };
  if (model === 'scriptRate') return { ...without, ...noUsers, rate: null, maxUsers: null };
  return { ...without, users: users.trim(), spawnRate: spawnRate.trim() };
}

function argsOf(values: FormValues, form: FormView): Record<string, string | number | boolean> {
  const args: Record<string, string | number | boolean> = {};
  for (const arg of form.args) {
    const typed = values.args[arg.name];
    // A secret that nobody typed stays what the command was told.
    if (typed === undefined || (typed === '' && (arg.kind === 'secret' || arg.default === null))) continue;
    args[arg.name] = readArg(arg, typed);
  }
  return args;
}

function readArg({ kind, choices }: FormArg, typed: ArgValue): string | number | boolean {
  if (kind === 'choice') return choices.find((choice) => String(choice) === typed) ?? typed;
  const isNumber = kind === 'number' && typeof typed === 'string' && typed.trim() !== '';
  return isNumber && Number.isFinite(Number(typed)) ? Number(typed) : typed;
}

function argValue({ kind, default: value }: FormArg): ArgValue {
  if (kind === 'boolean') return value === true;
  return value === null ? '' : String(value);
}

function modelOf(form: FormView): LoadModel {
  if (form.scenarios.length > 0) return 'scenarios';
  if (form.profile !== null) return 'profile';
  if (form.rate !== null) return 'rate';
  if (form.scriptRate !== null) return 'scriptRate';
  return form.shapes.length > 0 ? 'shape' : 'users';
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}
