// Beside the rest of the package, so that a run without a web UI does not read its server.
export { WebServer } from './web/web-server.ts';
