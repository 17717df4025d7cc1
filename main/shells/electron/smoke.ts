import { writeFile } from 'node:fs/promises';
import type { AppContract } from '../../../protocol/contract/app-contract.ts';
import { appContract } from '../../../protocol/contract/app-contract.ts';
import { type Client, connect } from '../../../protocol/contract/connect.ts';
import { createDeferred } from '../../../protocol/contract/deferred.ts';
import { AsideError } from '../../../protocol/errors.ts';
import { BYTES_PER_SAMPLE } from '../../../protocol/model/pcm.ts';
import type { PlayItem } from '../../../protocol/model/play.ts';
import { DEFAULT_PROSODY } from '../../../protocol/model/prosody.ts';
import type { EngineId } from '../../../protocol/model/voice.ts';
import type { App } from '../../app.ts';
import { createPortEnd } from '../port-end.ts';
import type { SmokeOptions } from './smoke-options.ts';

const TEXT = 'Aside reads this aloud, and nobody hears it.';
/** Long enough for any voice to be in the middle of it for as long as is needed. */
const LONG_TEXT = `${TEXT} `.repeat(40);
/** Large enough to be decoded on a thread of its own. */
const DOCUMENT_CHARS = 300_000;
const PLENTY_BYTES = 2 ** 30;
const STEP_LIMIT_MS = 60_000;

export interface SmokeStep {
  readonly name: string;
  readonly ok: boolean;
  readonly elapsedMs: number;
  /** What it found out, or the message of what went wrong. */
  readonly detail: unknown;
}

export interface SmokeReport {
  readonly ok: boolean;
  readonly about: Readonly<Record<string, unknown>>;
  readonly steps: readonly SmokeStep[];
  /** Pids of the hosts, with `holds` while one of them speaks. */
  readonly hosts: readonly number[];
}

export interface SmokeRun {
  readonly core: Pick<App, 'servePage'>;
  readonly engines: readonly EngineId[];
  /** See `noteFirstPage`. */
  readonly pageConnected: Promise<void>;
  /** Goes into the report as it is. */
  readonly about: Readonly<Record<string, unknown>>;
}

/**
 * The same core, and a promise that resolves when the page in the window has spoken to it: then window, page protocol and
 * preload script work.
 */
export function noteFirstPage(core: App): { core: App; pageConnected: Promise<void> } {
  const came = createDeferred<void>();
  const servePage: App['servePage'] = (...page) => {
    came.resolve();
    return core.servePage(...page);
  };
  return { core: { ...core, servePage }, pageConnected: came.promise };
}

/** Does once what Aside is for, and writes the report. Never rejects for what went wrong on the way. */
export async function runSmoke({ reportPath, holds }: SmokeOptions, run: SmokeRun): Promise<SmokeReport> {
  const page = connectAsPage(run.core);
  const steps: SmokeStep[] = [];
  const step = async (name: string, body: () => Promise<unknown>): Promise<void> => {
    const startedMs = performance.now();
    const [ok, detail] = await within(STEP_LIMIT_MS, body).then(
      (found) => [true, found] as const,
      (error: unknown) => [false, error instanceof Error ? error.message : String(error)] as const,
    );
    steps.push({ name, ok, detail, elapsedMs: Math.round(performance.now() - startedMs) });
  };
  await step('the page connects', () => run.pageConnected);
  await step('a large document is decoded', () => decode(page));
  for (const engine of run.engines) await step(`${engine} speaks`, () => speak(page, engine));
  if (holds) await step('a voice is in the middle of a text', () => beginToSpeak(page, run.engines[0]));
  const { hosts } = await page.request('hosts.list', {});
  const pids = hosts.flatMap(({ pid, request }) => (pid === null || (holds && request === null) ? [] : [pid]));
  const report = { ok: steps.every(({ ok }) => ok), about: run.about, steps, hosts: pids };
  await writeFile(reportPath, `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

/** Main's own seat in the place of a page: what it asks goes the way of every page's requests. */
function connectAsPage(core: Pick<App, 'servePage'>): Client<AppContract> {
  const ends = { page: createPortEnd(), main: createPortEnd() };
  const portOf = (own: typeof ends.page, other: typeof ends.page) => ({
    send: (message: unknown) => queueMicrotask(() => other.deliver(message)),
    onMessage: own.onMessage,
    onClose: own.onClose,
    close: (why = new AsideError('disconnected', 'The smoke test is over', { details: {} })) => {
      own.closed(why);
      other.closed(why);
    },
  });
  core.servePage(portOf(ends.main, ends.page), noDialogs, () => {});
  return connect(appContract, portOf(ends.page, ends.main), { onMalformed: () => {} });
}

const noDialogs = {
  shell: 'electron',
  hasDialogs: false,
  chooseFileToOpen: () => Promise.resolve(null),
  chooseExportTarget: () => Promise.resolve(null),
  chooseTexts: () => Promise.resolve([]),
  chooseExportFolder: () => Promise.resolve(null),
  reserveExportPlace: (path: string) => Promise.resolve({ path, downloadPathOf: () => null, release: () => {} }),
  adoptExportPlace: (path: string) => ({ path, downloadPathOf: () => null, release: () => {} }),
  reveal: () => Promise.resolve(),
  pageProcess: () => null,
  showTheme: () => {},
} as const;

async function decode(page: Client<AppContract>): Promise<{ chars: number }> {
  const bytes = new Uint8Array(Buffer.from('Long text. '.repeat(DOCUMENT_CHARS / 11)));
  const { text } = await page.request('document.decode', { name: 'smoke.txt', bytes });
  return { chars: text.length };
}

async function speak(page: Client<AppContract>, engine: EngineId): Promise<unknown> {
  const voice = await firstVoice(page, engine);
  const over = createDeferred<void>();
  const heard = { audioMs: 0, words: 0 };
  const call = play(page, TEXT, voice.id, PLENTY_BYTES, (item) => {
    if (item.kind === 'audio') heard.audioMs += (item.pcm.byteLength / BYTES_PER_SAMPLE / item.sampleRateHz) * 1000;
    if (item.kind === 'boundaries') heard.words += item.boundaries.filter(({ kind }) => kind === 'word').length;
    if (item.kind === 'failed') over.reject(new Error(`${item.error.code}: ${item.error.message}`));
    if (item.kind === 'end') over.resolve();
  });
  await Promise.race([over.promise, call.result]).finally(() => call.cancel());
  if (heard.audioMs < 500) throw new Error(`it made ${Math.round(heard.audioMs)} ms of audio`);
  return { voice: voice.id, voices: voice.among, audioMs: Math.round(heard.audioMs), words: heard.words };
}

/** With credit for a first sound and no more the voice stops after it, inside the engine's blocking call. */
async function beginToSpeak(page: Client<AppContract>, engine: EngineId | undefined): Promise<void> {
  if (engine === undefined) throw new Error('there is no engine');
  const { id } = await firstVoice(page, engine);
  const begun = createDeferred<void>();
  const call = play(page, LONG_TEXT, id, 100, (item) => {
    if (item.kind === 'audio') begun.resolve();
  });
  await Promise.race([begun.promise, call.result]);
}

function play(
  page: Client<AppContract>,
  text: string,
  voiceId: string,
  creditBytes: number,
  onProgress: (item: PlayItem) => void,
) {
  const range = { startIndex: 0, endIndex: text.length, generation: 0 };
  const call = page.start(
    'speech.play',
    {
      playId: `smoke-${voiceId}-${creditBytes}`.slice(0, 64),
      text,
      ...range,
      creditBytes,
      voiceId,
      prosody: DEFAULT_PROSODY,
    },
    { onProgress },
  );
  call.result.catch(() => {}); // it ends by being cancelled
  return call;
}

async function firstVoice(page: Client<AppContract>, engine: EngineId): Promise<{ id: string; among: number }> {
  const { voices, problems } = await page.request('voices.list', {});
  const own = voices.filter((voice) => voice.engine === engine);
  const voice = own.find(({ language }) => language.startsWith('en')) ?? own[0];
  if (voice) return { id: voice.id, among: own.length };
  throw new Error(problems.map(({ message, remedy }) => `${message} ${remedy}`).join(' ') || `${engine} has no voices`);
}

function within<T>(limitMs: number, body: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${limitMs} ms`)), limitMs);
  });
  return Promise.race([body(), late]).finally(() => clearTimeout(timer));
}
