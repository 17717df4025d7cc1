import type { AudioContract } from '../../protocol/contract/audio-contract.ts';
import { AUDIO_ENGINE, type HostStatus } from '../../protocol/model/host-status.ts';
import { type EndedHost, MAX_EXITS } from '../../protocol/model/processes.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import type { Engines } from '../speech/engines.ts';

/** What can be seen of hosts, and done to them, whatever they do. */
export type AllHosts = Pick<Engines, 'status' | 'exits' | 'onChange' | 'sample' | 'end' | 'restart' | 'retry'>;

/** The hosts that speak and those that make audio files, as one. */
export function allHosts(engines: AllHosts, audio: Omit<HostPool<AudioContract>, 'request' | 'start'>): AllHosts {
  return {
    status: (): HostStatus[] => [
      ...engines.status(),
      ...audio.status().map((slot) => ({ ...slot, engine: AUDIO_ENGINE })),
    ],
    exits: (): EndedHost[] =>
      [...engines.exits(), ...audio.exits().map((exit) => ({ ...exit, engine: AUDIO_ENGINE }))]
        .sort((a, b) => a.agoMs - b.agoMs)
        .slice(0, MAX_EXITS),
    onChange: (listener) => {
      const offs = [engines.onChange(listener), audio.onChange(listener)];
      return () => {
        for (const off of offs) off();
      };
    },
    sample: () => {
      engines.sample();
      audio.sample();
    },
    end: (pid) => engines.end(pid) || audio.end(pid),
    restart: (pid) => engines.restart(pid) || audio.restart(pid),
    retry: () => {
      engines.retry();
      audio.retry();
    },
  };
}
