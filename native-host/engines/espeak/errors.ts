import process from 'node:process';
import { AsideError } from '../../../protocol/errors.ts';
import type { EspeakUtterance } from './bindings.ts';

const installs: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'Install it, e.g. with `apt-get install libespeak-ng1`, `dnf install espeak-ng` or `pacman -S espeak-ng`.',
  darwin: 'Install it with `brew install espeak-ng`.',
  win32: 'Install it from https://github.com/espeak-ng/espeak-ng/releases.',
};

/** `why` says which build cannot be used for which reason. */
export function unavailable(why: string, cause?: unknown): AsideError<'engine-unavailable'> {
  const install = installs[process.platform] ?? 'Install eSpeak NG.';
  return new AsideError('engine-unavailable', `eSpeak NG: ${why}`, {
    details: { engine: 'espeak' },
    remedy: `${install} If its library is in an unusual place, name it in ASIDE_ESPEAK_LIBRARY.`,
    cause,
  });
}

/** `status` is an espeak_ERROR. */
export function notSpoken({ text, identifier }: EspeakUtterance, status: number): AsideError<'synthesis'> {
  const start = JSON.stringify(text.slice(0, 60));
  return new AsideError('synthesis', `eSpeak NG's voice ${identifier} did not speak ${start} (status ${status})`, {
    details: { engine: 'espeak', nativeCode: status },
    remedy: 'Try another voice, or speak the text in smaller pieces.',
  });
}
