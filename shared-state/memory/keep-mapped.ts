const mapped = new FinalizationRegistry<() => void>((unmap) => unmap());

/** Unmaps memory when nobody can look at it any more. Sooner, a look at a forgotten view would end the process. */
export function keepMapped(buffer: ArrayBuffer, unmap: () => void): ArrayBuffer {
  mapped.register(buffer, unmap);
  return buffer;
}
