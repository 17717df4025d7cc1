import { readFileSync } from 'node:fs';
import { chosenEngines, systemLanguage } from './engine-choice.ts';
import { fileError } from './exports/file-error.ts';
import { createForkLauncher } from './hosts/fork-launcher.ts';
import { audioHostEntryPath, dataDir, hostEntryPath } from './install-paths.ts';
import { createLog, parseLogLevel } from './logging/log.ts';
import { createStderrSink } from './logging/stderr-sink.ts';
import type { Console } from './shells/cli/console.ts';
import { describeFailure, EXIT_CODES } from './shells/cli/outcome.ts';
import { runCli } from './shells/cli/run.ts';
import { keepYoungGenerationSmall } from './young-generation.ts';

/**
 * The `aside` command: composition root of the CLI and the web shell. The first Ctrl-C cancels and cleans up; a second
 * one while that lasts changes nothing, since it could only leave a mess.
 */
keepYoungGenerationSmall();
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());

// Whoever reads our output may stop reading (`aside voices | head`): where that matters the write itself fails, too. But
// what a full disk did not take is lost.
let stdoutFailure: NodeJS.ErrnoException | undefined;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') stdoutFailure = error;
});
process.on('exit', () => {
  if (!stdoutFailure || process.exitCode !== EXIT_CODES.ok) return; // or somebody has said so already
  process.stderr.write(`${describeFailure(fileError('stdout', stdoutFailure))}\n`);
  process.exitCode = EXIT_CODES.failure;
});

const io: Console = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  interrupted: interrupted.signal,
};
const log = createLog({ write: createStderrSink(), level: parseLogLevel(process.env.ASIDE_LOG) ?? 'warn' });
const environment = {
  version: (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string })
    .version,
  launcher: createForkLauncher({ log: (line, pid) => log.info('host says', { pid, line }) }),
  hostEntryPath: hostEntryPath(),
  audioHostEntryPath: audioHostEntryPath(),
  chooseEngines: () => chosenEngines(process.env, process.platform),
  systemLanguage: systemLanguage(),
  dataDir: dataDir(process.platform, process.env),
  log,
};

const exitCode = await runCli(
  process.argv.slice(2),
  {
    ...environment,
    serve: async (request, console) => {
      const { serveWebShell } = await import('./serve.ts'); // half of the code, for one command
      return serveWebShell(environment, request, console);
    },
  },
  io,
);
// Not process.exit(): what was written to stdout may still be on its way.
process.exitCode = interrupted.signal.aborted ? EXIT_CODES.interrupted : exitCode;
