/** `TTS_MS_EN-US_DAVID_11.0`, `gmw/pt-BR`: a language and a region, with a hyphen, and no letter around them. */
const HYPHENATED = /(?<!\p{L})(\p{L}{2,3})-(\p{L}{2})(?!\p{L})/u;
/** OneCore's way: `MSTTS_V110_enUS_DavidM`. */
const CAMEL = /(?<![A-Za-z])([a-z]{2,3})([A-Z]{2})(?![A-Za-z])/;
/** Our own engines' names are languages: `espeak:gmw/de`, `espeak:gmw/en-029`. */
const OWN = /^(?:espeak|scripted):(?:.*\/)?([a-z]{2,3})(?:-[\w-]*)?$/;

/** The language (BCP-47) that the id of a voice tells of, when nothing else is known of it; null where it tells none. */
export function languageOfVoiceId(id: string): string | null {
  for (const pattern of [HYPHENATED, CAMEL, OWN]) {
    const [, language, region] = pattern.exec(id) ?? [];
    if (language !== undefined) return canonical(region === undefined ? language : `${language}-${region}`);
  }
  return null;
}

function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null; // letters that are no language
  }
}
