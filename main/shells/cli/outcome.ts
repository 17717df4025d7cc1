import { type AsideError, isAsideError } from '../../../protocol/errors.ts';

export const EXIT_CODES = { ok: 0, failure: 1, usage: 2, interrupted: 130 } as const;

/** The caller used the command wrongly; ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** The command that was meant; empty where there was none. */
  readonly command: string;

  constructor(message: string, command = '') {
    super(message);
    this.command = command;
  }
}

/** Some of many things could not be done; each has been told. */
export class PartlyFailed extends Error {
  override readonly name = 'PartlyFailed';

  constructor(failed: number, of: number) {
    super(`${failed} of ${of} could not be made; see above`);
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT_CODES.usage;
  return isAsideError(error, 'request-cancelled') ? EXIT_CODES.interrupted : EXIT_CODES.failure;
}

/** What a person reads on stderr: what happened, then what to do. */
export function describeFailure(error: unknown): string {
  if (error instanceof UsageError)
    return `aside: ${error.message}\nSee: aside ${error.command === '' ? '' : `${error.command} `}--help`;
  if (error instanceof PartlyFailed) return `aside: ${error.message}`;
  if (isAsideError(error, 'request-cancelled')) return 'aside: interrupted';
  if (isAsideError(error)) return withRemedy(error);
  return `aside: a defect in Aside: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

function withRemedy(error: AsideError): string {
  return error.remedy === '' ? `aside: ${error.message}` : `aside: ${error.message}\n${error.remedy}`;
}
