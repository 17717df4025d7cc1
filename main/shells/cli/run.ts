import type { EngineId } from '../../../protocol/model/voice.ts';
import type { Launcher } from '../../hosts/launcher.ts';
import type { Log } from '../../logging/log.ts';
import { createEngines } from '../../speech/engines.ts';
import type { Console } from './console.ts';
import { exportCommand } from './export-command.ts';
import { describeFailure, EXIT_CODES, exitCodeOf } from './outcome.ts';
import { type CliRequest, parseCommandLine } from './program.ts';
import { voicesCommand } from './voices-command.ts';

export interface CliEnvironment {
  readonly version: string;
  readonly launcher: Launcher;
  readonly hostEntryPath: string;
  /** Engines of a run that names none. Throws `engine-unavailable`. */
  chooseEngines(): readonly EngineId[];
  readonly systemLanguage: string;
  readonly log: Log;
  /** Runs until it is interrupted or its last page is closed. */
  serve(request: Extract<CliRequest, { kind: 'serve' }>, io: Console): Promise<void>;
}

/** Runs one command and returns its exit code. Writes failures to stderr; leaves no process behind. Never rejects. */
export async function runCli(args: readonly string[], environment: CliEnvironment, io: Console): Promise<number> {
  try {
    const request = parseCommandLine(args, environment.version, { out: (text) => io.stdout.write(text) });
    if (request) await run(request, environment, io);
    return EXIT_CODES.ok;
  } catch (error) {
    io.stderr.write(`${describeFailure(error)}\n`);
    return exitCodeOf(error);
  }
}

async function run(request: CliRequest, environment: CliEnvironment, io: Console): Promise<void> {
  if (request.kind === 'serve') return environment.serve(request, io);
  const engines = createEngines({
    ...environment,
    engines: request.engine ? [request.engine] : environment.chooseEngines(),
    spares: 0, // one command, one host at a time: a spare would only cost its start
  });
  try {
    if (request.kind === 'voices') await voicesCommand(engines, request, io);
    else await exportCommand(engines, environment.systemLanguage, request.input, request, io);
  } finally {
    await engines.close();
  }
}
