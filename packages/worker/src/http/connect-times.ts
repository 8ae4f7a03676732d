import type { HttpTimings } from '@loadts/core';

/** When a connection was opened, step by step, in clock microseconds; 0 is a step not taken or not finished. */
export interface ConnectTimes {
  readonly startUs: number;
  /** The host name was found. */
  lookupUs: number;
  /** TCP was there, and the proxy's tunnel. */
  connectUs: number;
  /** Ready for requests: TLS was there as well. */
  readyUs: number;
}

interface ExchangeTimes {
  readonly sentUs: number;
  readonly firstByteUs: number;
  readonly endUs: number;
  /** Undefined on a connection that was there already. */
  readonly connectTimes: ConnectTimes | undefined;
}

/** Splits a request's time. A step that was not finished lasted until the end; what never began took no time. */
export function splitTime(times: ExchangeTimes, startUs: number): HttpTimings {
  const { endUs, connectTimes } = times;
  const sentUs = connectTimes?.startUs ?? (times.sentUs || endUs);
  const lookupUs = connectTimes ? connectTimes.lookupUs || endUs : sentUs;
  const connectUs = connectTimes ? connectTimes.connectUs || endUs : sentUs;
  const readyUs = connectTimes ? connectTimes.readyUs || endUs : sentUs;
  const firstByteUs = times.firstByteUs || endUs;
  return {
    waitMs: (sentUs - startUs) / 1_000,
    dnsMs: (lookupUs - sentUs) / 1_000,
    connectMs: (connectUs - lookupUs) / 1_000,
    tlsMs: (readyUs - connectUs) / 1_000,
    firstByteMs: (firstByteUs - readyUs) / 1_000,
    downloadMs: (endUs - firstByteUs) / 1_000,
  };
}

/** What hop after hop of a request took. */
export function addTimings(before: HttpTimings, last: HttpTimings): HttpTimings {
  return {
    waitMs: before.waitMs + last.waitMs,
    dnsMs: before.dnsMs + last.dnsMs,
    connectMs: before.connectMs + last.connectMs,
    tlsMs: before.tlsMs + last.tlsMs,
    firstByteMs: before.firstByteMs + last.firstByteMs,
    downloadMs: before.downloadMs + last.downloadMs,
  };
}
