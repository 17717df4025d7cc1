const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });

/** A region that Intl knows by its number only: Chromium says "English (029)" of the Caribbean. */
const NUMBERED = /\(\d{3}\)$/u;

/**
 * A language as a person calls it: `en-GB` is "English (United Kingdom)". Engines have tags that Intl does not know;
 * of those as much is named as is known, and an unknown one stays as it is.
 */
export function languageName(tag: string): string {
  if (tag === 'und') return tag; // undetermined; Chromium would say "root"
  for (let known = withoutVariants(tag); known !== ''; known = withoutLastSubtag(known)) {
    try {
      const name = names.of(known);
      if (name && name.toLowerCase() !== known.toLowerCase() && !NUMBERED.test(name)) return name;
    } catch {
      // RangeError: not a tag that Intl accepts; a shorter one may be
    }
  }
  return tag;
}

/** Language, script and region: what varies within these is said by the voice's own name. */
function withoutVariants(tag: string): string {
  try {
    const { language, script, region } = new Intl.Locale(tag);
    return [language, script, region].filter(Boolean).join('-');
  } catch {
    return tag; // RangeError: not a tag
  }
}

function withoutLastSubtag(tag: string): string {
  return tag.slice(0, Math.max(0, tag.lastIndexOf('-')));
}
