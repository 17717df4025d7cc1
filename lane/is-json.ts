/** Deeper is left to V8, which also knows messages that contain themselves. */
const MAX_DEPTH = 64;

/**
 * Whether a value comes back from JSON exactly as it would from a structured clone: strings, finite numbers, booleans,
 * null, and arrays and plain objects of these. Not `undefined`, which JSON drops, and not -0.
 */
export function isJson(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      return value === null || (depth < MAX_DEPTH && isJsonObject(value, depth + 1));
    default:
      return false;
  }
}

function isJsonObject(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) if (!isJson(value[index], depth)) return false;
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  for (const key in value) if (!isJson((value as Readonly<Record<string, unknown>>)[key], depth)) return false;
  return true;
}
