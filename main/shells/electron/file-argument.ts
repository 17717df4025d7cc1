import { extname, resolve } from 'node:path';
import { z } from '../../../protocol/schema.ts';

export const TEXT_EXTENSIONS = ['.txt', '.md', '.markdown'];

/**
 * The file that a command line asks to open, absolute; null when it asks for none. Switches are Chromium's business.
 * `isPackaged` false: `argv` is that of `electron`, whose other arguments are programs and not texts.
 */
export function fileArgument(argv: readonly string[], cwd: string, isPackaged: boolean): string | null {
  const files = argv.slice(1).filter((argument) => !argument.startsWith('-') && argument !== '');
  const file = isPackaged ? files[0] : files.find((name) => TEXT_EXTENSIONS.includes(extname(name).toLowerCase()));
  return file === undefined ? null : resolve(cwd, file);
}

/** What a second start hands to the Aside that runs already: Chromium reorders the command line, this stays as it is. */
export const SecondStart = z.strictObject({ file: z.nullable(z.string().check(z.maxLength(32_767))) });
export type SecondStart = z.infer<typeof SecondStart>;
