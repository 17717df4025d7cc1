import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { findCsharpCompiler } from './csharp-compiler.mjs';
import { edgeMonoTools } from './edge-mono.mjs';
import { withLock } from './lock.mjs';
import { SetUpError, say } from './main.mjs';
import { fromRoot, root } from './root.mjs';
import { exitCodeOf, run, unlessInterrupted } from './run.mjs';
import { fingerprint, readStamp, writeStamp } from './stamp.mjs';

/**
 * What is built, and from what. Each is built into folders named `*.next` beside its outputs, which then change places,
 * so that a failed build leaves the last good one and nobody ever reads half a file.
 * @typedef {object} Bundle
 * @property {string} name
 * @property {readonly string[]} sources a change in any of them makes it stale
 * @property {readonly string[]} outputs
 * @property {readonly string[]} command run with Node, from the root
 * @property {() => string | null} [whyNot] why it cannot be built on this machine; the rest works without it
 * @property {boolean} [mayFail] the rest works without it
 */
const everybody = ['protocol', 'package.json', 'package-lock.json', 'tsconfig.base.json'];

/** @type {Bundle} */
export const programs = {
  name: 'main and native host',
  sources: [...everybody, 'main', 'native-host', 'renderer/preload', 'renderer/connection', 'rolldown.config.ts'],
  outputs: ['dist/main', 'dist/preload', 'dist/native-host'],
  command: ['node_modules/rolldown/bin/cli.mjs', '-c', 'rolldown.config.ts'],
};

/** @type {Bundle} */
const page = {
  name: 'renderer',
  sources: [...everybody, 'renderer', 'vite.renderer.config.ts'],
  outputs: ['dist/renderer'],
  command: [
    ...['node_modules/vite/bin/vite.js', 'build', '-c', 'vite.renderer.config.ts'],
    ...['--outDir', fromRoot('dist', 'renderer.next'), '--emptyOutDir'],
  ],
};

/** The C# half of the engine `sapi`. @type {Bundle} */
const sapi = {
  name: 'SAPI assembly',
  sources: ['native-host/engines/sapi/assembly', 'scripts/build-sapi.mjs', 'scripts/set-up/csharp-compiler.mjs'],
  outputs: ['dist/sapi'],
  command: ['scripts/build-sapi.mjs'],
  whyNot: () => (findCsharpCompiler() === null ? 'there is no C# compiler here' : null),
};
const everything = [programs, page, sapi];

/** What carries the C# half on machines without Windows. @type {Bundle} */
const edgeMono = {
  name: `edge bridge for Mono (Node ABI ${process.versions.modules})`,
  sources: ['node_modules/edge-js/package.json', 'scripts/build-edge-mono.mjs', 'scripts/set-up/edge-mono.mjs'],
  outputs: [`dist/edge-mono/${process.versions.modules}`],
  command: ['scripts/build-edge-mono.mjs'],
  whyNot: () => {
    const tools = edgeMonoTools();
    return typeof tools === 'string' ? tools : null;
  },
  mayFail: true,
};
export const everythingForTests = [...everything, edgeMono];
const lockPath = fromRoot('dist', 'stamps', 'lock');

/**
 * Builds what has changed since it was last built. Says so on stderr when there is something to do.
 * @param {readonly Bundle[]} [bundles]
 */
export async function ensureBuilt(bundles = everything) {
  if (bundles.every(isDone)) return;
  await withLock(lockPath, () => buildAll(bundles.filter((bundle) => !isDone(bundle))));
}

/** Builds everything, fresh or not. Says what cannot be built here. */
export async function buildFromScratch() {
  for (const { name, whyNot } of everything) if (whyNot?.()) say(`The ${name} is not built: ${whyNot()}.`);
  await withLock(lockPath, () => buildAll(everything.filter(({ whyNot }) => !whyNot?.())));
}

/** @param {Bundle} bundle */
const isDone = (bundle) => isFresh(bundle) || Boolean(bundle.whyNot?.());

/** @param {Bundle} bundle */
const stampPath = (bundle) => fromRoot('dist', 'stamps', bundle.name.replaceAll(/\W+/g, '-'));

/** @param {Bundle} bundle */
function isFresh(bundle) {
  const isThere = bundle.outputs.every((path) => existsSync(fromRoot(path)));
  return isThere && readStamp(stampPath(bundle)) === fingerprint(root, bundle.sources);
}

/** @param {readonly Bundle[]} stale */
async function buildAll(stale) {
  const endings = await Promise.allSettled(stale.map(build));
  for (const [i, ending] of endings.entries()) {
    if (ending.status === 'fulfilled') continue;
    if (!stale[i]?.mayFail || !(ending.reason instanceof SetUpError)) throw ending.reason;
    say(ending.reason.message);
  }
}

/** @param {Bundle} bundle */
async function build(bundle) {
  // Taken first: what is edited during the build makes the next one.
  const stamp = fingerprint(root, bundle.sources);
  const startedAt = performance.now();
  // What a build that was interrupted has left.
  for (const output of bundle.outputs) rmSync(fromRoot(`${output}.next`), { recursive: true, force: true });
  const result = unlessInterrupted(
    await run(process.execPath, bundle.command, { output: 'collect', env: { ASIDE_OUT_SUFFIX: '.next' } }),
  );
  if (result.code !== 0) {
    throw new SetUpError(`${result.text}\nThe build of the ${bundle.name} failed (exit code ${exitCodeOf(result)}).`);
  }
  rmSync(stampPath(bundle), { force: true });
  for (const output of bundle.outputs) putInPlace(fromRoot(output));
  writeStamp(stampPath(bundle), stamp);
  say(`Built the ${bundle.name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** @param {string} path the output folder; its successor has the suffix `.next` */
function putInPlace(path) {
  const [next, old] = [`${path}.next`, `${path}.old`];
  rmSync(old, { recursive: true, force: true });
  try {
    if (existsSync(path)) renameSync(path, old);
    renameSync(next, path);
  } catch {
    // Windows does not rename a folder while a program has a file of it open.
    cpSync(next, path, { recursive: true });
  }
  for (const rest of [next, old]) rmSync(rest, { recursive: true, force: true, maxRetries: 3 });
}
