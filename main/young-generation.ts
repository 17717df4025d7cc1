import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of V8's heap in which objects begin at the size that it has now. It grows by all that outlives a
 * collection, to 16 MB and as many to copy to, though main keeps next to nothing of a book while it exports it: without
 * this its resident memory grows by 22 MB in ten hours of audio, with it by 10, at the same speed. For Node, before there
 * is much to do: V8 reads the flag whenever it might grow. Source: v8/src/heap/new-spaces.cc, `NewSpace::Grow`.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
