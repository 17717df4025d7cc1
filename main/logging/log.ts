import { isAsideError } from '../../protocol/errors.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** Values that belong to a message; keys are camelCase with units (`elapsedMs`). Never a user's text. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Says what happened. Never throws, never blocks on a disk. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export interface LogOptions {
  /** Takes one finished line, with its line end. */
  readonly write: (line: string) => void;
  /** The least level that is written. */
  readonly level: LogLevel;
  readonly now?: () => Date;
}

/** One line an entry: `2026-08-01T12:00:00.000Z warn host exited pid=412 error="host-exited: …"`. */
export function createLog({ write, level, now = () => new Date() }: LogOptions): Log {
  const least = LEVELS.indexOf(level);
  const at =
    (entryLevel: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (LEVELS.indexOf(entryLevel) < least) return;
      write(formatEntry(now(), entryLevel, message, fields));
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** A level by its name, as from an environment variable; undefined when there is none of that name. */
export function parseLogLevel(name: string | undefined): LogLevel | undefined {
  return LEVELS.find((level) => level === name?.trim().toLowerCase());
}

const MAX_VALUE_CHARS = 4_000;

function formatEntry(when: Date, level: LogLevel, message: string, fields: LogFields): string {
  const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${quoteWhereNeeded(describe(value, level))}`);
  return `${when.toISOString()} ${level} ${escapeControls(message)}${pairs.join('')}\n`;
}

function describe(value: unknown, level: LogLevel): string {
  if (typeof value === 'string') return value;
  // What we expect is told by its code; a defect by its stack, which stays in the log and goes nowhere else.
  if (isAsideError(value)) return `${value.code}: ${value.message}`;
  if (value instanceof Error) return level === 'error' ? (value.stack ?? String(value)) : String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value); // circular, or holds a bigint: a log line must not be what fails
  }
}

function quoteWhereNeeded(text: string): string {
  const clipped = text.length <= MAX_VALUE_CHARS ? text : `${text.slice(0, MAX_VALUE_CHARS)}…`;
  return /^[^\s"=\p{Cc}]+$/u.test(clipped) ? clipped : JSON.stringify(clipped);
}

/** Nothing in a message can start a new line or drive the terminal. */
function escapeControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
