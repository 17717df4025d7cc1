import process from 'node:process';
import { AsideError } from '../../protocol/errors.ts';
import type { LaunchOptions } from './launcher.ts';

/** How many launchers stand above a process. Handed on in the environment, where a module that starts itself cannot forget it. */
const DEPTH = 'ASIDE_HOST_DEPTH';

/** Hosts may start hosts, and those may not: a module that starts two of itself comes to seven processes and not to a storm. */
export const MAX_HOST_DEPTH = 2;

/** 0 in a program that people start, 1 in its hosts, 2 in theirs. */
export function hostDepth(env: NodeJS.ProcessEnv = process.env): number {
  const depth = Number.parseInt(env[DEPTH] ?? '', 10);
  return depth > 0 ? depth : 0;
}

/** The environment of a host that this process is about to launch. Throws `host-depth` when it would be too deep. */
export function environmentOf({ engine, env }: LaunchOptions, maxDepth = MAX_HOST_DEPTH): NodeJS.ProcessEnv {
  const depth = hostDepth() + 1;
  if (depth > maxDepth) throw tooDeep(engine, depth, maxDepth);
  return { ...process.env, ...env, [DEPTH]: String(depth) };
}

function tooDeep(engine: string, depth: number, limit: number): AsideError<'host-depth'> {
  return new AsideError(
    'host-depth',
    `The ${engine} host was not started: it would be ${depth} deep, the limit is ${limit}`,
    {
      details: { engine, depth, limit },
      remedy:
        'A module that runs as a host starts hosts of its own, perhaps of itself. Start them only where hostDepth() is 0, or raise maxDepth.',
    },
  );
}
