import { createRequire } from 'node:module';

/** Loaded only where it is needed, so a type here. */
export type Koffi = typeof import('koffi')['default'];

/**
 * koffi, some 5 ms. With `import`, Node would load its whole loader of ES modules too, which nothing else in a host needs:
 * twice as long. Throws where koffi cannot run.
 */
export function loadKoffi(): Koffi {
  return createRequire(import.meta.url)('koffi') as Koffi;
}
