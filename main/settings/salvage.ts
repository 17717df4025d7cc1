import { z } from '../../protocol/schema.ts';

/**
 * The good values of `raw`: a key that is missing or does not fit `schema` has its value from `defaults`, and the rest
 * stay. Goes into objects. `onBad` is told the dotted path of each value that did not fit, and why.
 */
export function salvage<S extends z.ZodMiniObject>(
  schema: S,
  raw: unknown,
  defaults: z.output<S>,
  onBad: (path: string, problem: string) => void,
): z.output<S> {
  return schema.parse(goodValues(schema, raw, defaults, onBad, ''));
}

function goodValues(
  schema: z.ZodMiniObject,
  raw: unknown,
  defaults: Readonly<Record<string, unknown>>,
  onBad: (path: string, problem: string) => void,
  root: string,
): Record<string, unknown> {
  const source = isRecord(raw) ? raw : {};
  const values: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const path = `${root}${key}`;
    const value = Object.hasOwn(source, key) ? source[key] : undefined;
    const fallback = defaults[key];
    if (value === undefined) values[key] = fallback;
    else if (field instanceof z.ZodMiniObject && isRecord(value) && isRecord(fallback)) {
      values[key] = goodValues(field, value, fallback, onBad, `${path}.`);
    } else {
      const parsed = z.safeParse(field, value);
      if (!parsed.success) onBad(path, parsed.error.issues[0]?.message ?? 'not valid');
      values[key] = parsed.success ? parsed.data : fallback;
    }
  }
  return values;
}

/** `values` with what `raw` has besides them, at every depth: a newer version's settings outlive an older version. */
export function keepUnknown(raw: unknown, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = isRecord(raw) ? { ...raw } : {};
  for (const [key, value] of Object.entries(values)) {
    kept[key] = isRecord(value) ? keepUnknown(kept[key], value) : value;
  }
  return kept;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
