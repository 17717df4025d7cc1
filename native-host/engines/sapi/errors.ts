import { AsideError } from '../../../protocol/errors.ts';
import type { SapiFailure } from './bridge.ts';

const remedies: Readonly<Record<string, string>> = {
  SPERR_XML_BAD_SYNTAX: 'Correct the markup, or send the text without it.',
  SPERR_TTS_ENGINE_EXCEPTION: 'The voice itself failed on this text: try another voice, or ask its maker.',
  SPERR_NOT_FOUND: 'The voice is listed but not installed as a whole: install it again, or try another.',
  SPERR_UNSUPPORTED_FORMAT: 'The voice makes audio that Aside cannot take: try another voice.',
  REGDB_E_CLASSNOTREG: 'A part of Windows speech is not registered: repair Windows with `sfc /scannow`.',
  EVENT_FLOOD: 'The voice misbehaves: try another voice.',
};

/** What SAPI refused or could not finish. */
export function notSpoken(voiceName: string, failure: Pick<SapiFailure, 'code' | 'hresult' | 'message'>): AsideError {
  const { code, hresult, message } = failure;
  return new AsideError('synthesis', `Windows' voice ${voiceName} did not speak the text: ${message} (${code})`, {
    details: { engine: 'sapi', nativeCode: hresult },
    remedy: remedies[code] ?? 'Try another voice, or speak the text in smaller pieces.',
    cause: failure,
  });
}

export function voiceNotFound(voiceId: string): AsideError {
  return new AsideError('voice-not-found', `Windows has no voice ${JSON.stringify(voiceId)}`, {
    details: { voiceId },
    remedy: 'Choose another voice. One that was installed just now is there when Aside is started again.',
  });
}
