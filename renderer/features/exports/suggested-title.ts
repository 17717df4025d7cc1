const MAX_CHARS = 60;
/** What no file system that matters takes in a name, and what would make it a hidden file. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among what is not allowed
const NOT_ALLOWED = /[\u0000-\u001f<>:"/\\|?*]+/gu;

/** What the audio file is called, without extension: the document's own, or the first words of a text that has none. */
export function suggestedTitle(documentName: string, text: string): string {
  const stem = documentName.replace(/\.[^.]*$/u, '') || firstWords(text);
  const clean = stem
    .replaceAll(NOT_ALLOWED, ' ')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '');
  return clean.slice(0, 180) || 'Aside';
}

function firstWords(text: string): string {
  const [line = ''] = text.slice(0, 1_000).trim().split('\n');
  if (line.length <= MAX_CHARS) return line;
  return line.slice(0, MAX_CHARS).replace(/\s+\S*$/u, '');
}
