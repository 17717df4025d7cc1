import process from 'node:process';
import { createFileMemory } from './file-memory.ts';
import { createLinuxMemory } from './linux-memory.ts';
import type { Memory } from './memory.ts';
import { createWindowsMemory } from './windows-memory.ts';

/** The best way that this system has. Rejects where koffi cannot load. */
export async function loadMemory(platform: NodeJS.Platform = process.platform): Promise<Memory> {
  const { default: koffi } = await import('koffi');
  if (platform === 'win32') return createWindowsMemory(koffi);
  return platform === 'linux' ? createLinuxMemory(koffi) : createFileMemory(koffi);
}
