import { createEngines } from '../../speech/engines.ts';
import type { CliEnvironment } from './cli-environment.ts';
import type { Console } from './console.ts';
import { describeFailure, EXIT_CODES, exitCodeOf } from './outcome.ts';
import { type CliRequest, parseCommandLine } from './program.ts';
import { voicesCommand } from './voices-command.ts';

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
  if (request.kind === 'discard') return (await exportCommands()).runDiscard(request, environment, io);
  const engines = createEngines({
    ...environment,
    engines: 'engine' in request && request.engine ? [request.engine] : environment.chooseEngines(),
    jobs: request.kind === 'voices' ? 1 : request.jobs,
    spares: 0, // nobody listens: a spare would only cost its start
  });
  try {
    if (request.kind === 'voices') return await voicesCommand(engines, request, io);
    if (request.kind === 'export-many') engines.warm(request.inputs.length);
    await (await exportCommands()).runExport(engines, request, environment, io);
  } finally {
    await engines.close();
  }
}

/** A third of the code: it loads while hosts start. */
const exportCommands = () => import('./export-commands.ts');
