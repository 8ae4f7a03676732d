import { parentPort } from 'node:worker_threads';
import { createTransformer } from './transformer.mjs';

// The model has a thread of its own: the server goes on answering /health while it computes.
const embed = createTransformer();
parentPort?.postMessage('loaded');
parentPort?.on('message', (/** @type {string[]} */ texts) => parentPort?.postMessage(texts.map(embed)));
