import type { StoreApi } from 'zustand/vanilla';
import type { Settings } from '../../../protocol/model/settings.ts';
import { isVoiceOf, type Voice, type VoiceReplacement } from '../../../protocol/model/voice.ts';
import type { Notice, Notices } from '../notices/notices.ts';
import { languageName } from './language-name.ts';
import type { VoiceListState } from './voices.ts';

export interface MissingVoiceParts {
  readonly voices: StoreApi<VoiceListState>;
  readonly settings: StoreApi<Settings>;
  readonly notices: Notices;
  openPicker(): void;
}

const KEY = 'missing-voice';

/** What there is to say of the voice `voiceId`, when it is the one that main has found missing. */
export function missingVoice(state: VoiceListState, voiceId: string | null): VoiceReplacement | null {
  return state.kind === 'loaded' && state.replacement?.voiceId === voiceId ? state.replacement : null;
}

export function substituteIn(state: VoiceListState, missing: VoiceReplacement): Voice | undefined {
  return state.kind === 'loaded' ? state.voices.find(({ id }) => id === missing.substituteId) : undefined;
}

/** Says once that the chosen voice is gone and who speaks in its place, until the user chooses, or it is back. */
export function tellOfMissingVoice({ voices, settings, notices, openPicker }: MissingVoiceParts): void {
  let told: VoiceReplacement | null = null;

  function look(): void {
    const state = voices.getState();
    const missing = missingVoice(state, settings.getState().voiceId);
    if (JSON.stringify(missing) === JSON.stringify(told)) return; // somebody may have closed the notice
    told = missing;
    if (!missing) notices.dismiss(KEY);
    else notices.show({ ...noticeOf(state, missing), action: { label: 'Choose a voice', run: openPicker } });
  }

  voices.subscribe(look);
  settings.subscribe((now, before) => {
    if (now.voiceId !== before.voiceId) look();
  });
}

function noticeOf(state: VoiceListState, missing: VoiceReplacement): Notice {
  return {
    key: KEY,
    intent: 'warning',
    title: `The voice “${missing.name}” is not here`,
    detail: [whyMissing(state, missing), whatNow(missing, substituteIn(state, missing))].filter(Boolean).join(' '),
    lastsMs: null,
  };
}

function whyMissing(state: VoiceListState, { voiceId }: VoiceReplacement): string {
  const problems = state.kind === 'loaded' ? state.problems : [];
  const problem = problems.find(({ details }) => isVoiceOf(voiceId, String(details.engine)));
  return problem ? `${problem.message}.` : '';
}

function whatNow({ language }: VoiceReplacement, substitute: Voice | undefined): string {
  if (substitute) {
    const speaks = languageName(substitute.language);
    return `${substitute.name} speaks in its place (${speaks}). Your choice is kept until you make another.`;
  }
  const why = language === null ? 'Nobody knows its language' : `No other voice here speaks ${languageName(language)}`;
  return `${why}, so nothing is read until you choose another.`;
}
