import type { Prosody } from '../../../protocol/model/prosody.ts';
import type { EspeakParameters } from './bindings.ts';

/** espeakRATE_NORMAL, espeakRATE_MINIMUM and one below espeakRATE_MAXIMUM, at which the library changes its method. */
const NORMAL_WPM = 175;
const MIN_WPM = 80;
const MAX_WPM = 449;

const NORMAL_PITCH = 50;
const MAX_PITCH = 99;
const PITCH_STEPS = 10;

/**
 * Prosody on eSpeak's scales. Rates below 0.457 and above 2.566 are as slow and as fast as eSpeak can. The ten steps of
 * pitch up and the ten down reach its ends. A volume of 100 is eSpeak's normal one; louder distorts.
 */
export function toParameters({ rate, pitch, volume }: Prosody): EspeakParameters {
  const pitchStep = (pitch < 0 ? NORMAL_PITCH : MAX_PITCH - NORMAL_PITCH) / PITCH_STEPS;
  return {
    rateWpm: Math.min(MAX_WPM, Math.max(MIN_WPM, Math.round(rate * NORMAL_WPM))),
    pitch: Math.round(NORMAL_PITCH + pitch * pitchStep),
    volume: Math.round(volume),
  };
}
