import process from 'node:process';
import { createNativeBindings } from '../../native-host/engines/espeak/native-bindings.ts';

/**
 * Why the system's libespeak-ng cannot be tested here; undefined where it can. Rejects under CI, where it must be; but
 * for Windows on arm64, for which nobody builds it.
 */
export async function findWhyNoNativeEspeak(): Promise<string | undefined> {
  try {
    (await createNativeBindings()).close();
    return undefined;
  } catch (error) {
    const isToBeHad = !(process.platform === 'win32' && process.arch === 'arm64');
    if (process.env.CI && isToBeHad) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}
