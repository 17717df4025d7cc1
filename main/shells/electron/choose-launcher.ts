import { AsideError } from '../../../protocol/errors.ts';
import type { Launcher } from '../../hosts/launcher.ts';

const NAMES: readonly Launcher['name'][] = ['fork', 'utility-process'];

/**
 * How hosts are started inside Electron: `utilityProcess` on Windows, where the RunAsNode fuse is off and `fork` would
 * start a second Aside; `fork` elsewhere, which can tell by which signal a host died. `ASIDE_LAUNCHER` overrides it.
 * Throws `refused` when that names neither.
 */
export function chooseLauncher(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Launcher['name'] {
  const wanted = env.ASIDE_LAUNCHER;
  if (!wanted) return platform === 'win32' ? 'utility-process' : 'fork';
  const name = NAMES.find((known) => known === wanted);
  if (name) return name;
  throw new AsideError('refused', `ASIDE_LAUNCHER is ${JSON.stringify(wanted)}, which is no launcher`, {
    details: { reason: 'unknown-launcher' },
    remedy: `Use one of: ${NAMES.join(', ')}; or leave it out.`,
  });
}
