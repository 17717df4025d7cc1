import type { Page } from '@playwright/test';

/** What reached the destination of one audio context. */
export interface TappedSound {
  readonly sampleRateHz: number;
  /** -1 to 1, from the first sample that is not zero to the last one. */
  readonly samples: number[];
}

declare global {
  interface Window {
    soundTap: {
      read(): TappedSound[];
      states(): AudioContextState[];
    };
  }
}

/** Chromium has it in windows; TypeScript's DOM library does not describe it yet. */
interface AudioTrackProcessor {
  readonly readable: ReadableStream<AudioData>;
}
declare const MediaStreamTrackProcessor: new (init: {
  track: MediaStreamTrack;
  maxBufferSize: number;
}) => AudioTrackProcessor;

/**
 * Listens at the destination itself: from the next load of the page on, whatever a page connects to the destination of
 * an audio context is recorded sample by sample. Knows nothing of Aside's player and of what it says about itself.
 */
export async function tapSound(page: Page): Promise<void> {
  await page.addInitScript(installTap);
  await page.reload();
}

/** What was heard so far, by context, those without any sound left out. */
export async function tappedSound(page: Page): Promise<TappedSound[]> {
  return page.evaluate(() => window.soundTap.read());
}

/** What the audio contexts do, in the order in which something was connected to their destinations. */
export async function contextStates(page: Page): Promise<AudioContextState[]> {
  return page.evaluate(() => window.soundTap.states());
}

/** Runs in the page, before any of its scripts. */
function installTap(): void {
  const taps: { context: AudioContext; chunks: Float32Array[] }[] = [];
  const connect = AudioNode.prototype.connect;

  AudioNode.prototype.connect = function (this: AudioNode, target: AudioNode | AudioParam, ...rest: number[]) {
    if (target instanceof AudioDestinationNode) listen(this);
    return Reflect.apply(connect, this, [target, ...rest]);
  } as typeof connect;

  function listen(source: AudioNode): void {
    const context = source.context as AudioContext;
    const chunks: Float32Array[] = [];
    taps.push({ context, chunks });
    const tap = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: 'explicit' });
    Reflect.apply(connect, source, [tap]);
    const [track] = tap.stream.getAudioTracks();
    if (track) void drain(new MediaStreamTrackProcessor({ track, maxBufferSize: 10_000 }), chunks);
  }

  async function drain({ readable }: AudioTrackProcessor, chunks: Float32Array[]): Promise<void> {
    const reader = readable.getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const chunk = new Float32Array(value.numberOfFrames);
      value.copyTo(chunk, { planeIndex: 0, format: 'f32-planar' });
      chunks.push(chunk);
      value.close();
    }
  }

  window.soundTap = {
    read: () =>
      taps.flatMap(({ context: { sampleRate: sampleRateHz }, chunks }) => {
        const all = chunks.flatMap((chunk) => [...chunk]);
        const first = all.findIndex((sample) => sample !== 0);
        const last = all.findLastIndex((sample) => sample !== 0);
        return first < 0 ? [] : [{ sampleRateHz, samples: all.slice(first, last + 1) }];
      }),
    states: () => taps.map(({ context }) => context.state),
  };
}
