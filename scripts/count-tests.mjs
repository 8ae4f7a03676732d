// Prints the last line of a continuous integration run: how many tests passed and failed.
import { readFile } from 'node:fs/promises';

const RESULTS = new URL('../coverage/test-results.json', import.meta.url);

try {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(await readFile(RESULTS, 'utf8'));
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  console.log(`${numPassedTests} passed, ${numFailedTests} failed${skipped}`);
} catch {
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
