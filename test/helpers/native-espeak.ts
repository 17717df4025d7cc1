import process from 'node:process';
import { createNativeBindings } from '../../native-host/engines/espeak/native-bindings.ts';

/** Why the system's libespeak-ng cannot be tested here; undefined where it can. Rejects under CI, where it must be. */
export async function findWhyNoNativeEspeak(): Promise<string | undefined> {
  try {
    (await createNativeBindings()).close();
    return undefined;
  } catch (error) {
    if (process.env.CI) throw error;
    return error instanceof Error ? error.message : String(error);
  }
}
