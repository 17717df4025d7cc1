import type { Voice } from '../../protocol/model/voice.ts';
import { languageName } from '../../renderer/features/voices/language-name.ts';

const LANGUAGES =
  'af am an ar as az ba be bg bn bpy bs ca chr-US-Qaaa cmn cmn-Latn-pinyin cs cv cy da de el en-GB en-GB-scotland ' +
  'en-GB-x-gbclan en-GB-x-gbcwmd en-GB-x-rp en-US en-US-nyc en-029 eo es es-419 et eu fa fa-Latn fi fr-BE fr-CH ' +
  'fr-FR ga gd gn grc gu hak haw he hi hr ht hu hy hyw ia id io is it ja jbo ka kk kl kn ko kok ku ky la lb lfn lt ' +
  'ltg lv mi mk ml mr ms mt my nb nci ne nl nog om or pa pap piqd pl pt pt-BR py qdb qu quc qya ro ru ru-LV sd shn ' +
  'si sjn sk sl smj sq sr sv sw ta te th tk tn tr tt ug uk ur uz vi vi-VN-x-central vi-VN-x-south yue';

/** About 130 voices, as eSpeak NG has them. */
export const MANY_VOICES: Voice[] = LANGUAGES.split(' ').map((language, index) => ({
  id: `espeak:${language.toLowerCase()}`,
  name: languageName(language),
  language,
  gender: index % 7 === 3 ? 'female' : 'male',
  engine: 'espeak',
}));
