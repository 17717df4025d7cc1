import type { Engine, Synthesis, SynthesisSink } from '../engine.ts';
import { BoundaryFinder } from './boundary-finder.ts';
import { type OnBatch, type SapiBridge, SapiFailure } from './bridge.ts';
import { toEngineText, toSpeakable } from './engine-text.ts';
import { notSpoken, voiceNotFound } from './errors.ts';
import { MarkPlaces } from './mark-places.ts';
import { toSapiProsody } from './prosody.ts';
import { decodeBatch, type SapiRecord } from './records.ts';
import { Speaking } from './speaking.ts';
import { unusableVoices, usableVoices } from './voices.ts';

/** What voices are asked for that do not say in which format they speak. */
const DEFAULT_SAMPLE_RATE_HZ = 22_050;

/**
 * The engine `sapi`: Windows' speech, in C# (assembly/) behind a bridge. It sits on the control thread, which it never
 * blocks: every call into C# returns at once, and C# tells of what happens in batches.
 *
 * `onDeath` is called when nothing can come of this engine any more. Rejects with `SapiFailure`.
 */
export async function createSapiEngine(
  openBridge: (onBatch: OnBatch) => Promise<SapiBridge>,
  onDeath: (why: Error) => void,
): Promise<Engine> {
  let utterances = 0;
  let current: Speaking | undefined;

  const bridge = await openBridge(async (batch) => {
    try {
      for (const record of decodeBatch(batch)) {
        if (record.kind === 'fatal') onDeath(died(record));
        const taken = record.utterance === current?.id ? current.take(record) : undefined;
        if (taken) await taken;
      }
    } catch (error) {
      onDeath(error instanceof Error ? error : new Error(String(error)));
    }
  });
  const raw = await bridge.voices();
  const voices = usableVoices(raw);
  const unusable = unusableVoices(raw);

  async function synthesize(synthesis: Synthesis, sink: SynthesisSink): Promise<void> {
    const { markup, voiceId } = synthesis;
    const found = voices.get(voiceId);
    if (!found) throw voiceNotFound(voiceId);
    const { rate, pitch, volume } = toSapiProsody(synthesis.prosody);
    const text = toSpeakable(synthesis.text);
    const engineText = toEngineText(text, markup, pitch);
    if (markup === undefined && text.trim() === '') return;

    const id = ++utterances;
    const finder = new BoundaryFinder(text, engineText, new MarkPlaces(text, markup));
    const { name } = found.voice;
    // A purge that SAPI refuses is no news: the end that was asked for comes nevertheless, or the host is killed.
    const stop = (): void => void bridge.stop(id).catch(() => {});
    const speaking = new Speaking(id, synthesis, name, finder, sink, stop);
    current = speaking;
    try {
      const { tokenId } = found;
      await bridge.speak({ id, text: engineText.text, markup: engineText.markup, voiceId: tokenId, rate, volume });
      sink.onStop(() => speaking.stop());
      await speaking.ended;
    } catch (error) {
      throw error instanceof SapiFailure ? notSpoken(name, error) : error;
    } finally {
      current = undefined;
    }
  }

  return {
    id: 'sapi',
    sampleRateHz: DEFAULT_SAMPLE_RATE_HZ,
    markups: ['ssml', 'sapi'],
    listVoices: () => [...voices.values()].map(({ voice }) => voice),
    listUnusable: () => unusable,
    synthesize,
    close: () => bridge.close(),
  };
}

function died({ code, message }: Extract<SapiRecord, { kind: 'error' | 'fatal' }>): Error {
  return new Error(`SAPI's engine thread died: ${message} (${code})`);
}
