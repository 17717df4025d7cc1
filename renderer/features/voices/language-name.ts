const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });

/**
 * A language as a person calls it: `en-GB` is "English (United Kingdom)". Engines have tags that Intl does not know;
 * of those as much is named as is known, and an unknown one stays as it is.
 */
export function languageName(tag: string): string {
  for (let known = withoutVariants(tag); known !== ''; known = withoutLastSubtag(known)) {
    try {
      const name = names.of(known);
      if (name && name.toLowerCase() !== known.toLowerCase()) return name;
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
