import { basename, extname, join, resolve } from 'node:path';
import { AsideError } from '../../protocol/errors.ts';
import { fitName, MAX_NAME_BYTES } from './safe-file-name.ts';

export type OutputName =
  | { readonly input: string; readonly path: string }
  | { readonly input: string; readonly error: AsideError<'refused'> };

/**
 * Where the audio of each input goes in one folder: `a/x.txt` to `<outDir>/x.mp3`. `extension` has its dot. Of inputs
 * that would have the same file the first gets it, and the others the error `refused` with reason `name-collides`;
 * names that differ in case or in the composition of their letters only are the same, as they are on most disks. The
 * folder may be the inputs' own or inside it: an output that would replace an input is refused with
 * `replaces-input`. `companions` are the extensions of what is made beside the audio.
 */
export function outputNames(
  inputs: readonly string[],
  outDir: string,
  extension: string,
  companions: readonly string[] = [],
): OutputName[] {
  const inputOf = new Map(inputs.map((input) => [sameFile(resolve(input)), input]));
  const taken = new Map<string, string>();
  return inputs.map((input) => {
    const path = join(outDir, outputName(input, extension));
    const key = sameFile(resolve(path));
    const other = taken.get(key);
    if (other !== undefined) return { input, error: collides(input, other, path) };
    const beside = companions.map((companion) => join(outDir, outputName(input, companion)));
    const replaced = [path, ...beside].map((made) => inputOf.get(sameFile(resolve(made)))).find(isGiven);
    if (replaced !== undefined) return { input, error: replacesInput(input, replaced) };
    taken.set(key, input);
    return { input, path };
  });
}

const isGiven = (input: string | undefined): boolean => input !== undefined;

function outputName(input: string, extension: string): string {
  const stem = basename(input, extname(input));
  return fitName(stem, MAX_NAME_BYTES - Buffer.byteLength(extension)) + extension;
}

/** Upper case first: `ß` and `SS` are one name to some disks. */
function sameFile(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase();
}

function collides(input: string, other: string, path: string): AsideError<'refused'> {
  const isTwice = sameFile(resolve(input)) === sameFile(resolve(other));
  const message = isTwice ? `${input} is there twice` : `${input} and ${other} would both become ${path}`;
  return new AsideError('refused', message, {
    details: { reason: 'name-collides' },
    remedy: isTwice ? 'Name it once.' : 'Rename one of them, or export it into another folder.',
  });
}

function replacesInput(input: string, replaced: string): AsideError<'refused'> {
  return new AsideError('refused', `The audio of ${input} would replace ${replaced}, which is to be exported as well`, {
    details: { reason: 'replaces-input' },
    remedy: 'Choose another folder, or another format.',
  });
}
