import type { AudioContract } from '../../protocol/contract/audio-contract.ts';
import { AUDIO_ENGINE } from '../../protocol/model/host-status.ts';
import type { HostPool } from '../hosts/host-pool.ts';
import { type AllHosts, hostsAsOne, hostsOf } from '../speech/hosts-as-one.ts';

/** The hosts that speak and those that make audio files, as one. */
export function allHosts(engines: AllHosts, audio: Omit<HostPool<AudioContract>, 'request' | 'start'>): AllHosts {
  return hostsAsOne([engines, hostsOf(AUDIO_ENGINE, audio)]);
}
