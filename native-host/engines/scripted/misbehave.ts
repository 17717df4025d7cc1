import { Buffer } from 'node:buffer';
import { existsSync, writeFileSync, writeSync } from 'node:fs';
import process from 'node:process';
import { AsideError } from '../../../protocol/errors.ts';
import type { Directive } from './directives.ts';
import type { Native } from './native.ts';
import type { Stage } from './stage.ts';

const POLL_MS = 2;
const MIB = 1024 ** 2;
/** For as long as the process lives. */
const leaked: Buffer[] = [];

/** Does what a directive says; see `parseDirectives`. Returns false when the synthesis is to stop. */
export function perform({ name, argument }: Directive, stage: Stage, native: Native): boolean {
  const amount = Number(argument);
  switch (name) {
    case 'block':
      return stage.pause(amount);
    case 'slow':
      stage.msPerWord = amount;
      return true;
    case 'silence':
      return stage.silence(amount);
    case 'deaf':
      stage.isDeaf = true;
      return true;
    case 'spin': {
      const endsAtMs = performance.now() + amount;
      while (performance.now() < endsAtMs);
      return true;
    }
    case 'native-sleep':
      native.sleep(amount);
      return true;
    case 'hang':
      for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    case 'until':
      while (!existsSync(argument)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);
      return true;
    case 'fail':
      throw new AsideError('synthesis', 'the scripted engine was told to fail', {
        details: { engine: 'scripted', nativeCode: 7 },
        remedy: 'Take {{fail}} out of the text.',
      });
    case 'throw':
      throw new TypeError('the scripted engine was told to throw');
    case 'garbage':
      stage.boundary({ kind: 'word', charIndex: -1, charLength: 0, atMs: 0 });
      return true;
    case 'stdout':
      process.stdout.write(`${argument}\n`);
      writeSync(1, `${argument}\n`);
      return true;
    case 'stderr':
      writeSync(2, `${argument}\n`);
      return true;
    case 'leak':
      leaked.push(Buffer.alloc(amount * MIB, 1)); // memory that is not written to would not be resident
      return true;
    case 'crash':
      return die();
    case 'crash-once':
      if (existsSync(argument)) return true;
      writeFileSync(argument, '');
      return die();
    case 'exit':
      native.exit(amount);
      return true;
    case 'thread-exit':
      process.exit(0);
      return false;
    case 'thread-throw':
      setImmediate(() => {
        throw new TypeError('the scripted engine was told to throw on its thread');
      });
      return true;
  }
}

/** Ends here: the signal arrives at the latest when this thread next runs. */
function die(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
