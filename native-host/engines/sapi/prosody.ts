import type { Prosody } from '../../../protocol/model/prosody.ts';

/** On SAPI's scales, all whole numbers. */
export interface SapiProsody {
  /** -10 to 10. */
  readonly rate: number;
  /** -10 to 10; 0 needs no markup. */
  readonly pitch: number;
  /** 0 to 100. */
  readonly volume: number;
}

const STEPS = 10;
/** Ten steps up are three times as fast, ten down a third (ISpVoice::SetRate, "a supported range"). */
const FASTEST = 3;

/** Our own multiplier reaches as far as SAPI's steps do; each step is a factor of 1.116. */
export function toSapiProsody({ rate, pitch, volume }: Prosody): SapiProsody {
  return {
    rate: inSteps((STEPS * Math.log(rate)) / Math.log(FASTEST)),
    pitch: inSteps(pitch),
    volume: Math.round(volume),
  };
}

function inSteps(steps: number): number {
  const whole = Math.min(STEPS, Math.max(-STEPS, Math.round(steps)));
  return whole === 0 ? 0 : whole; // no -0, which edge would make a double of
}
