import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findCsharpCompiler } from '../set-up/csharp-compiler.mjs';
import { SetUpError } from '../set-up/main.mjs';
import { fromRoot } from '../set-up/root.mjs';
import { run, unlessInterrupted } from '../set-up/run.mjs';

/**
 * What the probe (scripts/settling/probe) prints. Anything in it may be a failure in place of an answer.
 * @typedef {object} ProbeAnswers
 * @property {boolean} is64Bit
 * @property {string} clr
 * @property {Record<string, number>} layout
 * @property {Answer<ProbeVoice[]>} voices
 * @property {Answer<RouteAnswers>} audio
 * @property {Answer<RouteAnswers>} stream
 * @property {Answer<{ id: string, speech: Answer<number> }[]>} oneCore
 */
/**
 * @template T
 * @typedef {T | { failed: string, message: string }} Answer
 */
/** @typedef {{ id: string, name: string, source: string, language?: string | null }} ProbeVoice */
/**
 * @typedef {object} RouteAnswers
 * @property {Answer<Speech>} plain
 * @property {Answer<Speech>} again the same once more, on the same voice
 * @property {Answer<Speech>} ssml
 * @property {Answer<Speech>} sapiXml
 * @property {Answer<number[]>} purgesMs -1 where the voice was never held in Write()
 */
/**
 * @typedef {object} Speech
 * @property {string} text
 * @property {SpeechEvent[]} events
 * @property {number} audioBytes
 * @property {number} samplesPerSecond
 * @property {number} endMs of the first END; -1: none came
 * @property {number} doneMs when WaitUntilDone(0) said so first; -1: never
 * @property {number} lastWriteMs
 * @property {number} wakes
 * @property {number} idleWakes with nothing to fetch
 * @property {number} staysSignalled waits that returned once more with nothing to fetch
 */
/** @typedef {{ kind: string, stream: number, start?: number, length?: number, says?: string | null, name?: string | null }} SpeechEvent */

const SOURCES = fromRoot('scripts', 'settling', 'probe');
const ASSEMBLY = 'Aside.Sapi.dll';
const LIMIT_MS = 10 * 60_000;

/**
 * Compiles the probe against the built assembly and runs it: on Windows with its voices, or with the scripted ones.
 * @param {'windows' | 'scripted'} voices
 * @returns {Promise<ProbeAnswers>}
 */
export async function askProbe(voices) {
  const folder = fromRoot('dist', 'settling');
  const program = join(folder, 'Probe.exe');
  await compile(folder, program);
  const [command = '', ...before] = process.platform === 'win32' ? [program] : ['mono', program];
  const { code, text, error } = unlessInterrupted(
    await run(command, [...before, voices], { output: 'collect', limitMs: LIMIT_MS }),
  );
  if (code !== 0) throw new SetUpError(`The probe ended with ${code}: ${error?.message ?? text}`);
  return JSON.parse(text);
}

/** @param {string} folder @param {string} program */
async function compile(folder, program) {
  const compiler = findCsharpCompiler();
  if (compiler === null) throw new SetUpError('There is no C# compiler here; npm run build:sapi says how to get one.');
  mkdirSync(folder, { recursive: true });
  copyFileSync(fromRoot('dist', 'sapi', ASSEMBLY), join(folder, ASSEMBLY)); // a program finds it beside itself
  const sources = readdirSync(SOURCES).map((name) => join(SOURCES, name));
  const references = [`-r:${join(folder, ASSEMBLY)}`, '-r:System.Web.Extensions.dll'];
  const args = [...compiler.options, '-target:exe', '-warn:4', `-out:${program}`, ...references, ...sources];
  const { code, text, error } = unlessInterrupted(await run(compiler.command, args, { output: 'collect' }));
  if (code !== 0) throw new SetUpError(`The probe could not be compiled: ${error?.message ?? text}`);
}
