import type { EngineId } from '../../../protocol/model/voice.ts';
import { createAudioHosts } from '../../exports/audio-hosts.ts';
import { UnfinishedExports } from '../../exports/unfinished-exports.ts';
import type { Launcher } from '../../hosts/launcher.ts';
import type { Log } from '../../logging/log.ts';
import { createEngines } from '../../speech/engines.ts';
import type { Console } from './console.ts';
import { discardCommand } from './discard-command.ts';
import { exportCommand } from './export-command.ts';
import { exportManyCommand } from './export-many-command.ts';
import { describeFailure, EXIT_CODES, exitCodeOf } from './outcome.ts';
import { type CliRequest, parseCommandLine } from './program.ts';
import { resumeCommand } from './resume-command.ts';
import { voicesCommand } from './voices-command.ts';

export interface CliEnvironment {
  readonly version: string;
  readonly launcher: Launcher;
  readonly hostEntryPath: string;
  readonly audioHostEntryPath: string;
  /** Engines of a run that names none. Throws `engine-unavailable`. */
  chooseEngines(): readonly EngineId[];
  readonly systemLanguage: string;
  /** Where Aside keeps what it remembers. */
  readonly dataDir: string;
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
  const unfinished = new UnfinishedExports(environment.dataDir);
  if (request.kind === 'discard') return discardCommand(unfinished, request, io);
  const jobs = request.kind === 'voices' ? 1 : request.jobs;
  const engines = createEngines({
    ...environment,
    engines: 'engine' in request && request.engine ? [request.engine] : environment.chooseEngines(),
    jobs,
    spares: 0, // nobody listens: a spare would only cost its start
  });
  const audio = {
    pool: createAudioHosts({ ...environment, hostEntryPath: environment.audioHostEntryPath, jobs }),
    jobs,
  };
  const tools = { engines, audio, unfinished, systemLanguage: environment.systemLanguage };
  try {
    if (request.kind === 'voices') await voicesCommand(engines, request, io);
    else if (request.kind === 'export') await exportCommand(tools, request, io);
    else if (request.kind === 'resume') await resumeCommand(tools, request, io);
    else await exportManyCommand(tools, request, io);
  } finally {
    await Promise.all([engines.close(), audio.pool.terminate()]);
  }
}
