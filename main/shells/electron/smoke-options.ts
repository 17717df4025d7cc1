export interface SmokeOptions {
  /** Absolute path of the JSON file that says how it went. */
  readonly reportPath: string;
  /** Leaves a voice in the middle of a word and waits to be killed, instead of ending. */
  readonly holds: boolean;
}

/**
 * `--smoke=<file>`, and `--smoke-hold` beside it: Aside does once what it is for, writes down how it went, and ends with
 * 0 or 1. For machines that pack Aside, where nobody clicks. Null without them.
 */
export function smokeOptions(argv: readonly string[]): SmokeOptions | null {
  const prefix = '--smoke=';
  const option = argv.find((argument) => argument.startsWith(prefix));
  if (option === undefined) return null;
  return { reportPath: option.slice(prefix.length), holds: argv.includes('--smoke-hold') };
}
