import { z } from './schema.ts';

/**
 * Every expected failure in Aside, keyed by code. A code says what the caller can do next; `details` holds the values
 * that a program needs (an exit code, a character range), the message and the remedy hold what a person needs.
 * Only codes and data cross a process boundary, never class instances and never stack traces.
 *
 * Each schema is made when the first error of its code arrives: all of them at once took 6 ms of the start of each thread
 * of each host, most of which never see one.
 */
const errorDetails = {
  /** A message broke the contract. `path` is dotted and starts at the message, e.g. `params.prosody.rate`. */
  contract: () => z.strictObject({ path: z.string(), expected: z.string(), got: z.string() }),
  /** A host could not be started or was not ready in time. */
  'host-start': () => z.strictObject({ engine: z.string(), elapsedMs: z.number(), stderrTail: z.array(z.string()) }),
  /**
   * A host died. `request` is the call it took with it, null when it was idle. `onRequest`: somebody asked for its end,
   * so it says nothing against the call.
   */
  'host-exited': () =>
    z.strictObject({
      pid: z.nullable(z.int()),
      exitCode: z.nullable(z.int()),
      signal: z.nullable(z.string()),
      request: z.nullable(z.string()),
      stderrTail: z.array(z.string()),
      onRequest: z.optional(z.literal(true)),
    }),
  /** A host was not started, because hosts that start hosts have come too deep: see `main/hosts/host-depth.ts`. */
  'host-depth': () => z.strictObject({ engine: z.string(), depth: z.int(), limit: z.int() }),
  /** A host sent something that is not in the contract, or speaks another version of it. It has been killed. */
  'host-protocol': () => z.strictObject({ pid: z.nullable(z.int()), got: z.string() }),
  /** The restart budget is spent; nothing is started until somebody asks for a retry. */
  'host-gave-up': () => z.strictObject({ engine: z.string(), restarts: z.int(), lastError: z.string() }),
  /** The whole call (`deadline`) or the silence between two signs of progress (`progress`) lasted too long. */
  'request-timeout': () =>
    z.strictObject({
      request: z.string(),
      limit: z.enum(['deadline', 'progress']),
      timeoutMs: z.number(),
    }),
  'request-cancelled': () => z.strictObject({ request: z.string() }),
  /** A callback that came with a call threw. The call was ended; no other call noticed. `callback` is its name. */
  callback: () => z.strictObject({ request: z.string(), callback: z.string() }),
  'queue-full': () => z.strictObject({ request: z.string(), limit: z.int() }),
  /** The other end of the connection is gone. */
  disconnected: () => z.strictObject({}),
  /** `reason` is a word of the engine's own, where it has several that a program can tell apart. */
  'engine-unavailable': () => z.strictObject({ engine: z.string(), reason: z.optional(z.string()) }),
  'voice-not-found': () => z.strictObject({ voiceId: z.string() }),
  /** The engine refused this text. `nativeCode` is the engine's own number, null where it has none. */
  synthesis: () => z.strictObject({ engine: z.string(), nativeCode: z.nullable(z.int()) }),
  /** A segment took two hosts with it. `charIndex` and `charLength` are UTF-16 units of the caller's text. */
  'segment-failed': () =>
    z.strictObject({
      charIndex: z.int(),
      charLength: z.int(),
      text: z.string(),
      exits: z.array(z.strictObject({ exitCode: z.nullable(z.int()), signal: z.nullable(z.string()) })),
    }),
  /** A file could not be read, decoded or written. `reason` is the system's code (ENOSPC, EACCES …) or our own word. */
  file: () => z.strictObject({ path: z.string(), reason: z.string() }),
  /**
   * A program that a host ran could not be started, took too long or said too much; in the latter cases it was killed.
   * `systemCode` is the system's word (ENOENT, EACCES …) where there is one, `lastLines` the end of what it had said.
   */
  program: () =>
    z.strictObject({
      program: z.string(),
      reason: z.enum(['not-started', 'timeout', 'output-limit']),
      systemCode: z.nullable(z.string()),
      lastLines: z.array(z.string()),
    }),
  /** The request is well-formed and cannot be met: an empty text, an unknown play, a shell without dialogs. */
  refused: () => z.strictObject({ reason: z.string() }),
  /** A defect in Aside. */
  internal: () => z.strictObject({}),
} as const;

export type ErrorCode = keyof typeof errorDetails;
export type ErrorDetails<C extends ErrorCode> = z.infer<ReturnType<(typeof errorDetails)[C]>>;

const schemas = new Map<ErrorCode, z.ZodMiniType>();

function schemaOf(code: ErrorCode): z.ZodMiniType {
  const schema = schemas.get(code) ?? errorDetails[code]();
  schemas.set(code, schema);
  return schema;
}

const MAX_MESSAGE_CHARS = 8_000;

/** An error as data. `message` says who, what and which value; `remedy` says what to do, and is empty for defects. */
export const WireError = z.strictObject({
  code: z.enum(Object.keys(errorDetails) as [ErrorCode, ...ErrorCode[]]),
  message: z.string().check(z.maxLength(MAX_MESSAGE_CHARS)),
  remedy: z.string().check(z.maxLength(MAX_MESSAGE_CHARS)),
  details: z.record(z.string(), z.unknown()),
});
export type WireError = z.infer<typeof WireError>;

/** The one error class of Aside. Compare `code` (see `isAsideError`), never the message. */
export class AsideError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AsideError';
  readonly code: C;
  readonly details: ErrorDetails<C>;
  readonly remedy: string;

  constructor(code: C, message: string, options: { details: ErrorDetails<C>; remedy?: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.remedy = options.remedy ?? '';
  }
}

/** True for an AsideError; with codes, true for an AsideError of one of them, and narrows to it. */
export function isAsideError<C extends ErrorCode = ErrorCode>(error: unknown, ...codes: C[]): error is AsideError<C> {
  return error instanceof AsideError && (codes.length === 0 || codes.includes(error.code as C));
}

/** Any thrown value as data. What is not an AsideError is a defect and becomes `internal`, without its stack. */
export function toWireError(error: unknown): WireError {
  if (!isAsideError(error)) {
    return { code: 'internal', message: clip(`Aside has a defect: ${describeThrown(error)}`), remedy: '', details: {} };
  }
  return { code: error.code, message: clip(error.message), remedy: clip(error.remedy), details: { ...error.details } };
}

/** The error that `toWireError` described. Details that do not fit their code make it `internal`, message kept. */
export function fromWireError(wire: WireError): AsideError {
  const details = schemaOf(wire.code).safeParse(wire.details);
  if (!details.success) return new AsideError('internal', wire.message, { details: {} });
  // The table pairs codes with their details; TypeScript cannot follow a union key through the lookup.
  return new AsideError(wire.code, wire.message, { details: details.data as never, remedy: wire.remedy });
}

function describeThrown(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return 'something was thrown that has no text'; // an object without prototype, or one whose toString throws
  }
}

function clip(text: string): string {
  return text.length <= MAX_MESSAGE_CHARS ? text : `${text.slice(0, MAX_MESSAGE_CHARS - 1)}…`;
}
