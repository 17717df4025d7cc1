/** A failure that a person can do something about: its message says what, and the remedy. Printed without a stack. */
export class SetUpError extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Says what is going on, on stderr: stdout belongs to what the user asked for. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a script's body and turns its result into the exit code.
 * @param {() => Promise<number | undefined>} body resolves with the exit code; undefined leaves it alone
 */
export async function runMain(body) {
  try {
    const exitCode = await body();
    if (exitCode !== undefined) process.exitCode = exitCode;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    process.exitCode = error.exitCode;
  }
}
