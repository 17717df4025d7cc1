import { availableParallelism, totalmem } from 'node:os';
import process from 'node:process';
import type { Installation } from '../../protocol/model/processes.ts';
import type { EngineId } from '../../protocol/model/voice.ts';
import type { Launcher } from '../hosts/launcher.ts';
import type { ShellServices } from '../shell-services.ts';

export interface InstallationParts {
  readonly version: string;
  readonly engines: readonly EngineId[];
  readonly launcher: Pick<Launcher, 'name'>;
}

/** What this Aside is made of and runs on. Whoever runs the tests' engine is a developer. */
export function describeInstallation(parts: InstallationParts, shell: ShellServices['shell']): Installation {
  const { node, electron = null, chrome = null } = process.versions as Partial<Record<string, string>>;
  return {
    versions: { aside: parts.version, node: node ?? '', electron, chromium: chrome },
    platform: process.platform,
    arch: process.arch,
    cpus: availableParallelism(),
    memoryBytes: totalmem(),
    shell,
    launcher: parts.launcher.name,
    engines: [...parts.engines],
    isDeveloper: isDeveloper(parts.engines),
  };
}

export function isDeveloper(engines: readonly EngineId[]): boolean {
  return engines.includes('scripted');
}
