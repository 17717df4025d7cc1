import { type AudioHosts, createAudioHosts } from '../../../main/exports/audio-hosts.ts';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import type { HostPool } from '../../../main/hosts/host-pool.ts';
import type { Launcher } from '../../../main/hosts/launcher.ts';
import { audioHostEntryPath, hostEntryPath } from '../../../main/install-paths.ts';
import { createEngines, type Engines } from '../../../main/speech/engines.ts';
import type { HostContract } from '../../../protocol/contract/host-contract.ts';
import type { EngineId, Voice } from '../../../protocol/model/voice.ts';
import { sapiEnv } from '../../helpers/sapi-here.ts';

/** An engine and the way it runs. */
export type EngineKind = 'espeak native' | 'espeak wasm' | 'sapi' | 'scripted';

const kinds: Readonly<Record<EngineKind, { engine: EngineId; env: Readonly<Record<string, string>> }>> = {
  'espeak native': { engine: 'espeak', env: { ASIDE_ESPEAK: 'native' } },
  'espeak wasm': { engine: 'espeak', env: { ASIDE_ESPEAK: 'wasm' } },
  sapi: { engine: 'sapi', env: sapiEnv },
  scripted: { engine: 'scripted', env: {} },
};

/** The product's own composition (engines, pool, supervisor, fork launcher, built hosts) for one kind of engine. */
export interface BenchEngines {
  readonly kind: EngineKind;
  readonly engines: Engines;
  /** The one that an en-US user gets. */
  readonly voice: Voice;
  readonly pool: HostPool<HostContract>;
  readonly audio: AudioHosts;
  close(): Promise<void>;
}

/** Resolves when the first host is ready. Rejects with `engine-unavailable` where that kind cannot run. */
export async function startEngines(
  kind: EngineKind,
  options: { spares?: number; jobs?: number; warm?: number } = {},
): Promise<BenchEngines> {
  const { engine, env } = kinds[kind];
  const launcher = createForkLauncher();
  const { jobs = 1 } = options;
  const audio = { pool: createAudioHosts({ launcher, hostEntryPath: audioHostEntryPath(), jobs }), jobs };
  const engines = createEngines({
    engines: [engine],
    launcher: withEnv(launcher, env),
    hostEntryPath: hostEntryPath(),
    systemLanguage: 'en-US',
    ...options,
  });
  engines.warm(options.warm ?? 1);
  try {
    const voice = await engines.voices.resolve(null);
    const close = async () => void (await Promise.all([engines.close(), audio.pool.terminate()]));
    return { kind, engines, voice, pool: engines.poolOf(voice), audio, close };
  } catch (error) {
    await engines.close();
    throw error;
  }
}

function withEnv(launcher: Launcher, env: Readonly<Record<string, string>>): Launcher {
  return { ...launcher, launch: (options) => launcher.launch({ ...options, env: { ...options.env, ...env } }) };
}

/** Process id of the host that answers an `utterance.` request; undefined when none does. */
export function busyPid(pool: HostPool<HostContract>): number | undefined {
  return pool.status().find(({ request }) => request?.startsWith('utterance.'))?.pid ?? undefined;
}

/** Resolves when nothing runs and at least `count` hosts are ready for the next call. Rejects after 30 s. */
export function untilReady(pool: HostPool<HostContract>, count: number): Promise<void> {
  return until(pool, count, (hosts) => {
    const free = hosts.filter(({ state, request }) => state === 'ready' && request === null);
    return free.length >= count && hosts.every(({ request }) => request === null);
  });
}

/** Resolves when there are that many hosts, whatever they do. Rejects after 30 s. */
export function untilStarted(pool: HostPool<HostContract>, count: number): Promise<void> {
  return until(pool, count, (hosts) => hosts.filter(({ state }) => state === 'ready').length >= count);
}

type Hosts = ReturnType<HostPool<HostContract>['status']>;

function until(pool: HostPool<HostContract>, count: number, isSo: (hosts: Hosts) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      stopListening();
      end();
    };
    const timer = setTimeout(() => settle(() => reject(notReady(pool, count))), 30_000);
    const stopListening = pool.onChange(() => isSo(pool.status()) && settle(resolve));
    if (isSo(pool.status())) settle(resolve);
  });
}

function notReady(pool: HostPool<HostContract>, count: number): Error {
  const states = pool.status().map(({ state, request }) => `${state}${request ? ` (${request})` : ''}`);
  return new Error(
    `${count} hosts should have been ready for the next call within 30 s, but are: ${states.join(', ')}`,
  );
}
