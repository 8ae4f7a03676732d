// What `websocket-echo.ts` and `raw-tcp.ts` talk to. Usage: node examples/echo-server/server.mjs
import { createEchoServer } from './echo-server.mjs';

const WEB_SOCKET_PORT = 8001;
const LINE_PORT = 8002;

const server = createEchoServer();
const { webSocketUrl, lineAddress } = await server.listen(WEB_SOCKET_PORT, LINE_PORT);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.close());
process.stdout.write(`WebSocket echoes on ${webSocketUrl}, lines of text on ${lineAddress}\n`);
