import process from 'node:process';
import type { Progress } from '../../../protocol/contract/define-contract.ts';
import type { HostContract } from '../../../protocol/contract/host-contract.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import { type NativeHost, startNativeHost } from '../../helpers/native-host.ts';
import { sapiEnv } from '../../helpers/sapi-here.ts';

export type SpeakItem = Progress<HostContract, 'utterance.speak'>;

/** The scripted voice does what its directives say; a real one would read them aloud. */
export const isScripted = process.platform !== 'win32';

const UNLIMITED_BYTES = 2 ** 40;

/** A host with SAPI in it that has spoken once: the first utterance makes the CLR compile what it runs. */
export interface SapiHost {
  readonly host: NativeHost;
  speak(text: string, options?: SpeakOptions): Promise<void>;
}

export interface SpeakOptions {
  readonly wantVisemes?: boolean;
  readonly initialCreditBytes?: number;
  readonly signal?: AbortSignal;
  onItem?(item: SpeakItem): void;
}

export async function startSapiHost(route: 'audio' | 'stream' = 'audio'): Promise<SapiHost> {
  const host = await startNativeHost({ engine: 'sapi', env: { ...sapiEnv, ASIDE_SAPI_ROUTE: route } });
  const { voices } = await host.client.request('voices.list', {});
  const voice = voices.find(({ language }) => language === 'en-US') ?? voices[0];
  if (!voice) throw new Error('SAPI has no voice here');

  const speak = async (text: string, options: SpeakOptions = {}): Promise<void> => {
    const { wantVisemes = false, initialCreditBytes = UNLIMITED_BYTES, signal, onItem = () => {} } = options;
    await host.client.request(
      'utterance.speak',
      { text, voiceId: voice.id, prosody: DEFAULT_PROSODY, wantVisemes, initialCreditBytes },
      { onProgress: onItem, progressTimeoutMs: null, ...(signal && { signal }) },
    );
  };
  await speak('The first words are slow.');
  return { host, speak };
}
