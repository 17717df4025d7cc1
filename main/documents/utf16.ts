/** Code units that are looked at. */
const SAMPLE_UNITS = 32 * 1024;

interface Score {
  /** Spaces, line ends and ASCII letters: read with the wrong byte order there are none. */
  readonly familiar: number;
  /** Units that real text does not have. */
  readonly strange: number;
}

/**
 * The byte order of UTF-16 text that has no mark, undefined when the bytes are no such text. Meant for bytes with zeros
 * in them: every text with a space or a line end has some.
 */
export function guessUtf16(bytes: Uint8Array): 'UTF-16LE' | 'UTF-16BE' | undefined {
  const units = Math.min(bytes.byteLength >> 1, SAMPLE_UNITS);
  if (units === 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = score(units, (i) => view.getUint16(i * 2, true));
  const big = score(units, (i) => view.getUint16(i * 2, false));
  const [best, encoding] =
    little.familiar >= big.familiar ? ([little, 'UTF-16LE'] as const) : ([big, 'UTF-16BE'] as const);
  const isText = best.familiar > 0 && best.strange <= units / 100;
  return isText ? encoding : undefined;
}

function score(units: number, unitAt: (index: number) => number): Score {
  let familiar = 0;
  let strange = 0;
  for (let i = 0; i < units; i++) {
    const unit = unitAt(i);
    if (isFamiliar(unit)) familiar++;
    else if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < units && isLowSurrogate(unitAt(i + 1))) i++;
    else if (isStrange(unit)) strange++;
  }
  return { familiar, strange };
}

function isFamiliar(unit: number): boolean {
  const lowerCase = unit | 0x20;
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || (lowerCase >= 0x61 && lowerCase <= 0x7a);
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** Controls, lone surrogates, private use, noncharacters. */
function isStrange(unit: number): boolean {
  if (unit < 0x20) return unit !== 0x09 && unit !== 0x0b && unit !== 0x0c;
  return (unit >= 0x7f && unit < 0xa0) || (unit >= 0xd800 && unit < 0xf900) || unit >= 0xfffe;
}
