/**
 * What a benchmark asks its child process for, by name. Each answer is sent back under the question's number.
 * @typedef {Record<string, () => unknown>} Answers
 */

/** @param {Answers} answers */
export function answerParent(answers) {
  process.on('message', async (/** @type {{ id: number, question: string }} */ { id, question }) => {
    process.send?.({ id, answer: await answers[question]?.() });
  });
  // No load without the one who measures it.
  process.on('disconnect', () => process.exit());
}

/** CPU time of this process with all its threads, in microseconds. */
export function cpuUs() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
