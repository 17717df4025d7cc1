import { fork } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import process from 'node:process';
import { exportAudio } from '../../../main/exports/export-audio.ts';
import type { ExportSummary } from '../../../main/exports/export-job.ts';
import { keepYoungGenerationSmall } from '../../../main/young-generation.ts';
import type { AudioFormat } from '../../../protocol/model/audio-format.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { type EngineKind, startEngines } from '../harness/bench-engines.ts';
import { cleanUpLater } from '../harness/cleanup.ts';
import { type LoopDelay, watchLoop } from '../harness/event-loop-delay.ts';
import { type RssPeak, startRssWatch } from './rss-watch.ts';

/** One export in a main process of its own, whose memory nothing else has touched. */
export interface ExportCase {
  readonly kind: EngineKind;
  readonly textPath: string;
  readonly audioPath: string;
  /** Default: WAV. */
  readonly format?: AudioFormat;
  /** Hosts at a time; default 1. */
  readonly jobs?: number;
}

export interface ExportOutcome {
  /** From before the first host is started until the WAV file is in its place. */
  readonly seconds: number;
  readonly audioMs: number;
  readonly bytes: number;
  /** Of main. */
  readonly rss: RssPeak;
  /** Of main, while it exported. */
  readonly loop: LoopDelay;
  readonly hostPids: readonly number[];
}

const CASE_FLAG = '--export-case';

/** Runs one case in a new process of this same program. Rejects when it fails. */
export function runExportCase(exportCase: ExportCase): Promise<ExportOutcome> {
  // `--expose-gc`: what start-up left behind is collected before growth counts, so that it cannot hide any.
  const child = fork(process.argv[1] ?? '', [CASE_FLAG, JSON.stringify(exportCase)], {
    execArgv: ['--enable-source-maps', '--expose-gc'],
  });
  const forget = cleanUpLater(() => child.kill('SIGKILL'));
  return new Promise<ExportOutcome>((resolve, reject) => {
    child.once('message', (outcome) => resolve(outcome as ExportOutcome));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the ${exportCase.kind} export ended with exit code ${code}`)));
  }).finally(forget);
}

/** The case that this process was started for; undefined in the bench itself. */
export function exportCaseOf(args: readonly string[]): ExportCase | undefined {
  const [flag, value] = args;
  return flag === CASE_FLAG && value !== undefined ? (JSON.parse(value) as ExportCase) : undefined;
}

/** In the new process: exports, tells the parent, and ends. */
export async function serveExportCase({ kind, textPath, audioPath, format, jobs = 1 }: ExportCase): Promise<void> {
  const giveUp = (): void => process.exit(1);
  process.once('disconnect', giveUp); // the bench itself is gone
  const text = readFileSync(textPath, 'utf8');
  keepYoungGenerationSmall(); // this, too, as the command does
  const rss = startRssWatch();
  const startedMs = performance.now();
  const { voice, pool, audio, close } = await startEngines(kind, { jobs, warm: jobs, spares: 0 }); // as the command does
  try {
    let summary: ExportSummary | undefined;
    const loop = await watchLoop(async () => {
      const made = { text, voice, prosody: DEFAULT_PROSODY, pool, audio: audio.pool, path: audioPath, jobs };
      summary = await exportAudio({ ...made, ...(format && { format }) });
    });
    const outcome: ExportOutcome = {
      seconds: (performance.now() - startedMs) / 1000,
      rss: rss.stop(),
      loop,
      audioMs: summary?.durationMs ?? 0,
      bytes: statSync(audioPath).size,
      hostPids: summary?.hosts.map(({ pid }) => pid) ?? [],
    };
    process.send?.(outcome);
  } finally {
    await close();
    process.off('disconnect', giveUp);
    process.disconnect();
  }
}
