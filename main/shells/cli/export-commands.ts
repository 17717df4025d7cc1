import { createAudioHosts } from '../../exports/audio-hosts.ts';
import { UnfinishedBatches } from '../../exports/unfinished-batches.ts';
import { UnfinishedExports } from '../../exports/unfinished-exports.ts';
import type { Engines } from '../../speech/engines.ts';
import type { CliEnvironment } from './cli-environment.ts';
import type { Console } from './console.ts';
import { discardCommand } from './discard-command.ts';
import { exportCommand } from './export-command.ts';
import { exportManyCommand } from './export-many-command.ts';
import type { DiscardRequest, ExportCommandRequest } from './export-request.ts';
import type { ExportTools } from './export-tools.ts';
import { resumeCommand } from './resume-command.ts';

/** Runs what `aside export` was asked for, but for `discard`, with the engines of this run. */
export async function runExport(
  engines: Engines,
  request: Exclude<ExportCommandRequest, DiscardRequest>,
  environment: CliEnvironment,
  io: Console,
): Promise<void> {
  const { jobs } = request;
  const pool = createAudioHosts({ ...environment, hostEntryPath: environment.audioHostEntryPath, jobs });
  const { systemLanguage } = environment;
  const tools = { engines, audio: { pool, jobs }, ...whatIsUnfinished(environment), systemLanguage };
  try {
    if (request.kind === 'export') await exportCommand(tools, request, io);
    else if (request.kind === 'resume') await resumeCommand(tools, request, io);
    else await exportManyCommand(tools, request, io);
  } finally {
    await pool.terminate();
  }
}

/** Speaks nothing, and so needs no engines. */
export function runDiscard(request: DiscardRequest, environment: CliEnvironment, io: Console): Promise<void> {
  return discardCommand(whatIsUnfinished(environment), request, io);
}

function whatIsUnfinished({ dataDir }: CliEnvironment): Pick<ExportTools, 'unfinished' | 'batches'> {
  return { unfinished: new UnfinishedExports(dataDir), batches: new UnfinishedBatches(dataDir) };
}
