// Every name here is used by another package. Explicit, so that a new export is a decision.
export { captureConsole } from './capture-console.ts';
export { connectPatiently } from './connection/connect-patiently.ts';
export { LogForwarder } from './log-forwarder.ts';
export { loadScript } from './script/load-script.ts';
export { systemClock } from './system-clock.ts';
export { Worker } from './worker.ts';
