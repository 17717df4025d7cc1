import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createAudioHosts } from '../../main/exports/audio-hosts.ts';
import { exportAudio } from '../../main/exports/export-audio.ts';
import type { ExportJob, ExportSummary } from '../../main/exports/export-job.ts';
import { createForkLauncher } from '../../main/hosts/fork-launcher.ts';
import { createEngines, type Engines } from '../../main/speech/engines.ts';
import { DEFAULT_PROSODY } from '../../protocol/model/prosody.ts';
import { hostEntry } from './host-entry.ts';

/** Some 33 000 characters of prose. */
export const PROSE = readFileSync('test/fixtures/texts/prose.txt', 'utf8');

export type WishedExport = Pick<ExportJob, 'text' | 'path'> & Partial<ExportJob>;

/** The app's own engines and audio hosts, with real eSpeak: `jobs` hosts of each. */
export interface RealExports {
  readonly engines: Engines;
  make(wish: WishedExport): Promise<ExportSummary>;
  /** Process ids of the hosts that speak at the moment, and of those that encode or join. */
  speaking(): number[];
  encoding(): number[];
  close(): Promise<void>;
}

export function openRealExports(jobs: number): RealExports {
  const launcher = createForkLauncher();
  const engines = createEngines({
    engines: ['espeak'],
    launcher,
    hostEntryPath: hostEntry(),
    systemLanguage: 'en-GB',
    jobs,
    spares: 0,
  });
  const audio = createAudioHosts({ launcher, hostEntryPath: hostEntry('audio-host.cjs'), jobs });
  return {
    engines,
    make: async (wish) => {
      const voice = await engines.voices.resolve(null);
      return exportAudio({ voice, prosody: DEFAULT_PROSODY, pool: engines.poolOf(voice), audio, jobs, ...wish });
    },
    speaking: () => busyAmong(engines.status()),
    encoding: () => busyAmong(audio.status()),
    close: async () => {
      await Promise.all([engines.close(), audio.terminate()]);
    },
  };
}

function busyAmong(hosts: readonly { readonly pid: number | null; readonly request: string | null }[]): number[] {
  return hosts.flatMap(({ pid, request }) => (pid !== null && request !== null ? [pid] : []));
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
