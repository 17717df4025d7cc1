import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { EngineId } from '../../../protocol/model/voice.ts';
import { type ExportCommandRequest, exportCommandLine } from './export-request.ts';
import { UsageError } from './outcome.ts';

/** What the command line asked for, checked. */
export type CliRequest =
  | { readonly kind: 'voices'; readonly engine?: EngineId; readonly json: boolean }
  | ExportCommandRequest
  | { readonly kind: 'serve'; readonly port: number; readonly open: boolean; readonly exitWhenClosed: boolean };

/**
 * Reads the command line. Returns null when it only asked for help or the version, which is then printed to stdout.
 * Throws `UsageError`.
 */
export function parseCommandLine(
  args: readonly string[],
  version: string,
  write: { out(text: string): void },
): CliRequest | null {
  let request: CliRequest | null = null;
  const program = newProgram(version, (parsed) => {
    request = parsed;
  });
  const silent = { writeOut: (text: string) => write.out(text), writeErr: () => {} };
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput(silent);
  try {
    program.parse([...args], { from: 'user' });
  } catch (error) {
    const command = program.commands.find((known) => known.name() === args[0])?.name();
    if (error instanceof UsageError) throw new UsageError(error.message, command);
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return null;
    throw new UsageError(usageMessage(error, args), command);
  }
  return request;
}

function usageMessage(error: CommanderError, args: readonly string[]): string {
  if (args.length === 0) return 'nothing was asked for';
  return error.message.replace(/^error: /u, '');
}

function newProgram(version: string, onRequest: (request: CliRequest) => void): Command {
  const engine = new Option('--engine <engine>', 'use only this engine').choices(EngineId.options);
  const program = new Command('aside')
    .description('Reads text aloud and turns it into audio files.')
    .version(version)
    .showHelpAfterError(false)
    .helpCommand(false);

  program
    .command('voices')
    .description('list the voices that can speak here')
    .option('--json', 'print an array of objects')
    .addOption(engine)
    .action((options) => onRequest({ kind: 'voices', json: options.json === true, ...given('engine', options) }));

  program.addCommand(exportCommandLine(engine, onRequest));

  program
    .command('serve')
    .description('show Aside in a browser on this machine; prints {"url": …}')
    .option('--port <port>', 'port on 127.0.0.1; 0 is any', portNumber, 0)
    .option('--no-open', 'do not open the browser')
    .option('--exit-when-closed', 'end some seconds after the last page is closed', false)
    .action(({ port, open, exitWhenClosed }) => onRequest({ kind: 'serve', port, open, exitWhenClosed }));

  return program;
}

/** An option that was given, under its own name; absent otherwise (`exactOptionalPropertyTypes`). */
function given<K extends string>(name: K, options: Record<string, unknown>): Record<K, never> | Record<string, never> {
  return options[name] === undefined ? {} : ({ [name]: options[name] } as Record<K, never>);
}

function portNumber(value: string): number {
  const port = Number(value);
  if (/^\d+$/u.test(value) && port <= 65_535) return port;
  throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
}
