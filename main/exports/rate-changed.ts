import { AsideError } from '../../protocol/errors.ts';

/** A voice that does not keep to its sampling rate: a file has one only. */
export function rateChanged(beforeHz: number, nowHz: number, charIndex: number): AsideError<'synthesis'> {
  const where = `at character ${charIndex}`;
  return new AsideError('synthesis', `The voice went from ${beforeHz} to ${nowHz} samples a second ${where}`, {
    details: { engine: 'unknown', nativeCode: null },
    remedy: 'One file has one rate: try another voice, or export the text in parts.',
  });
}
