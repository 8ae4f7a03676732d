/**
 * What load scripts import. Any new export becomes public API.
 * @module
 */
export {
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
  RescheduleTask,
  type ResponseHeaders,
  type ShapeTick,
  StopRun,
  StopUser,
  type TransportError,
  type TransportErrorKind,
  task,
  User,
  type UserContext,
  type WaitContext,
  type WaitTime,
} from '@loadts/core';
