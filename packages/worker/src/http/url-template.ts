import { LoadtsError, type QueryValue } from '@loadts/core';

export type UrlParams = Readonly<Record<string, QueryValue>>;

/** A URL with `{names}` in it. */
export interface UrlTemplate {
  readonly text: string;
  /** What stands before, between and after the names. */
  readonly literals: readonly string[];
  readonly names: readonly string[];
}

/** Parts of a path that URLs resolve, also where they are percent-encoded. */
const DOTS: ReadonlySet<string> = new Set(['.', '..']);

export function parseUrlTemplate(text: string): UrlTemplate {
  const pieces = text.split(/\{([\w-]+)\}/);
  const isName = (_: string, index: number): boolean => index % 2 === 1;
  return {
    text,
    literals: pieces.filter((piece, index) => !isName(piece, index)),
    names: pieces.filter(isName),
  };
}

/** The URL with these values in their places. @throws LoadtsError `REQUEST_INVALID` where names and values differ. */
export function fillUrlTemplate(template: UrlTemplate, params: UrlParams): string {
  const { literals, names } = template;
  checkNames(template, params);
  let url = literals[0] as string;
  for (let i = 0; i < names.length; i++) {
    url += encodeURIComponent(String(params[names[i] as string])) + (literals[i + 1] as string);
  }
  return url;
}

/** The name for all that the template becomes, given the name of what it becomes with stand-ins. */
export function nameAfterTemplate(template: UrlTemplate, nameOf: (url: string) => string): string {
  const standIns = template.names.map((_, index) => `loadts-param-${index}-`);
  const params = Object.fromEntries(
    template.names.map((name) => [name, standIns[template.names.indexOf(name)] ?? '']),
  );
  const name = nameOf(fillUrlTemplate(template, params));
  return template.names.reduce(
    (text, param, index) => text.replaceAll(standIns[index] as string, `{${param}}`),
    name,
  );
}

function checkNames({ text, names }: UrlTemplate, params: UrlParams): void {
  const problems = [
    ...names
      .filter((name) => !Object.hasOwn(params, name) || params[name] === undefined)
      .map((name) => `no value for {${name}}`),
    ...names.filter((name) => DOTS.has(String(params[name]))).map((name) => `only dots for {${name}}`),
    ...Object.keys(params)
      .filter((name) => !names.includes(name))
      .map((name) => `a value but no place for {${name}}`),
  ];
  if (problems.length === 0) return;
  throw new LoadtsError('REQUEST_INVALID', `${JSON.stringify(text)} has ${problems.join(' and ')}`, {
    hint: 'params needs one value for each {name} in the URL, and nothing else',
  });
}
