import type { EngineId } from '../../../protocol/model/voice.ts';
import type { Launcher } from '../../hosts/launcher.ts';
import type { Log } from '../../logging/log.ts';
import type { Console } from './console.ts';
import type { CliRequest } from './program.ts';

/** What the command runs in. */
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
