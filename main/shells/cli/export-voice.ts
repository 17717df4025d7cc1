import type { WireError } from '../../../protocol/errors.ts';
import { isVoiceOf, type Voice } from '../../../protocol/model/voice.ts';
import type { Engines } from '../../speech/engines.ts';
import type { Console } from './console.ts';
import { pickVoice } from './pick-voice.ts';
import { untilInterrupted } from './until-interrupted.ts';

/** The voice that was wished for, or the one that speaks in its place, which is said on stderr. */
export async function exportVoice(
  engines: Engines,
  wish: string | undefined,
  systemLanguage: string,
  io: Console,
): Promise<Voice> {
  const { voices, problems } = await untilInterrupted(engines.voices.list(), io.interrupted, 'listing the voices');
  io.stderr.write(whyNoVoices(wish, problems));
  const { voice, isSubstitute } = pickVoice(voices, wish, systemLanguage);
  if (isSubstitute) {
    io.stderr.write(`aside: there is no voice ${wish} here; ${voice.id} (${voice.name}) speaks in its place\n`);
  }
  return voice;
}

/** Why the engine of the wished voice has no voices here, when that is why it is not among them. */
function whyNoVoices(wish: string | undefined, problems: readonly WireError[]): string {
  const problem = problems.find(({ details }) => wish !== undefined && isVoiceOf(wish, String(details.engine)));
  return problem ? `aside: ${problem.message}\n${problem.remedy}\n` : '';
}
