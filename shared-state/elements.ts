/** What a shared array can hold, by name. */
export interface Elements {
  readonly int32: Int32Array<ArrayBuffer>;
  readonly float64: Float64Array<ArrayBuffer>;
  readonly uint8: Uint8Array<ArrayBuffer>;
}

export type ElementType = keyof Elements;

const constructors = { int32: Int32Array, float64: Float64Array, uint8: Uint8Array } as const;

/** A mapping of a whole book is some megabytes; this is far above anything that is not a mistake. */
export const MAX_SHARED_BYTES = 2 ** 30;

export function bytesOf(type: ElementType, length: number): number {
  return constructors[type].BYTES_PER_ELEMENT * length;
}

/** The first `length` elements of `buffer`, in place. */
export function elementsIn<T extends ElementType>(type: T, buffer: ArrayBuffer, length: number): Elements[T] {
  return new constructors[type](buffer, 0, length) as Elements[ElementType] as Elements[T]; // paired by the table
}

/** Bytes that came in a message, as elements of their own. */
export function toElements<T extends ElementType>(type: T, bytes: Uint8Array): Elements[T] {
  const own = bytes.slice().buffer;
  return elementsIn(type, own, own.byteLength / constructors[type].BYTES_PER_ELEMENT);
}

/** Values of any kind as the bytes of elements. */
export function toBytes(type: ElementType, values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new constructors[type](values).buffer); // `from` would take them one by one
}
