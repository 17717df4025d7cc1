import type { AudioHosts } from '../../exports/audio-hosts.ts';
import type { UnfinishedBatches } from '../../exports/unfinished-batches.ts';
import type { UnfinishedExports } from '../../exports/unfinished-exports.ts';
import type { Engines } from '../../speech/engines.ts';

/** What exports are made with. */
export interface ExportTools {
  readonly engines: Engines;
  readonly audio: AudioHosts;
  readonly unfinished: UnfinishedExports;
  readonly batches: UnfinishedBatches;
  readonly systemLanguage: string;
}
