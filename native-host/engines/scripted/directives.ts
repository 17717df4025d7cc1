/**
 * What a text can make the scripted engine do besides speaking. A directive stands in double braces, is not spoken, and
 * counts for positions like any other characters. It takes effect when the voice reaches it. Anything in double braces
 * that is not in this list is spoken as text.
 *
 *   {{block 500}}        takes 500 ms without making audio, and stops at once when it is told to
 *   {{slow 20}}          from here on each word takes 20 ms to make, and stops at once when it is told to
 *   {{silence 500}}      half a second of silent audio
 *   {{spin 500}}         500 ms of busy computing; deaf meanwhile
 *   {{native-sleep 500}} one native call that blocks for 500 ms; deaf meanwhile
 *   {{hang}}             blocks for ever; deaf
 *   {{until path}}       blocks until there is a file at `path`; deaf meanwhile
 *   {{deaf}}             from here on makes audio without heeding that it is told to stop
 *   {{fail}}             throws a `synthesis` error with native code 7
 *   {{throw}}            throws what is no AsideError: a defect
 *   {{garbage}}          reports a boundary that breaks the contract
 *   {{stdout text}}      writes `text` to stdout, both through Node and to the file descriptor
 *   {{stderr text}}      writes `text` to stderr
 *   {{leak 32}}          32 MiB of memory that are used and never given back
 *   {{crash}}            the process dies of SIGKILL
 *   {{crash-once path}}  the same, but only if there is no file at `path` yet; makes it first
 *   {{exit 3}}           the process exits with 3, as a native library that calls exit()
 *   {{thread-exit}}      only the engine thread ends
 *   {{thread-throw}}     an exception outside of any call ends the engine thread
 */
const names = [
  'block',
  'slow',
  'silence',
  'spin',
  'native-sleep',
  'hang',
  'until',
  'deaf',
  'fail',
  'throw',
  'garbage',
  'stdout',
  'stderr',
  'leak',
  'crash',
  'crash-once',
  'exit',
  'thread-exit',
  'thread-throw',
] as const;

export interface Directive {
  readonly name: (typeof names)[number];
  /** What stands behind the name; empty when nothing does. */
  readonly argument: string;
  /** Where its first brace is, in UTF-16 units. */
  readonly charIndex: number;
}

const pattern = new RegExp(`\\{\\{(${names.join('|')})(?: ([^{}]*))?\\}\\}`, 'g');

/** The directives of a text in order, and the text with spaces in their place, so that positions stay. */
export function parseDirectives(text: string): { directives: Directive[]; spoken: string } {
  const directives: Directive[] = [];
  const spoken = text.replace(pattern, (whole, name: Directive['name'], argument: string | undefined, charIndex) => {
    directives.push({ name, argument: argument ?? '', charIndex: charIndex as number });
    return ' '.repeat(whole.length);
  });
  return { directives, spoken };
}
