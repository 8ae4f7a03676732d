/**
 * What load scripts import. Any new export becomes public API.
 * @module
 */
export {
  type ArgDefinition,
  type Args,
  type ArgValue,
  between,
  type Check,
  type CheckedResponse,
  type CheckResult,
  constant,
  constantPacing,
  constantThroughput,
  type Duration,
  type HttpClient,
  type HttpMethod,
  type HttpResponse,
  HttpUser,
  LoadTestShape,
  type QueryValue,
  type Random,
  type RequestOptions,
  type ResponseHeaders,
  type ShapeTick,
  StopUser,
  type TransportError,
  type TransportErrorKind,
  task,
  User,
  type UserContext,
  type WaitContext,
  type WaitTime,
} from '@loadts/core';
export type { RunOptions, SetupContext, TeardownContext } from '@loadts/master';
