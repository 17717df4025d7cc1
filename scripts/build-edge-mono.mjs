import './set-up/require-node.mjs';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { edgeMonoTools } from './set-up/edge-mono.mjs';
import { runMain, SetUpError } from './set-up/main.mjs';
import { fromRoot } from './set-up/root.mjs';
import { run, unlessInterrupted } from './set-up/run.mjs';

/** It takes 4 s of one processor; a machine that needs longer than this is not going to finish. */
const LIMIT_MS = 5 * 60_000;
const sources = fromRoot('node_modules', 'edge-js', 'src');

/**
 * Builds edge-js for Mono, from the sources in its package, into dist/edge-mono/<ABI of this Node>. The package has no
 * build for Linux; its own way (node-gyp, denied in package.json) also builds what needs .NET, and may fetch headers.
 * All of it is one translation unit, because the time goes into reading V8's headers.
 */
await runMain(async () => {
  const tools = edgeMonoTools();
  if (typeof tools === 'string') throw new SetUpError(`edge-js cannot be built for Mono: ${tools}.`);
  const folder = fromRoot('dist', 'edge-mono', `${process.versions.modules}${process.env.ASIDE_OUT_SUFFIX ?? ''}`);
  mkdirSync(folder, { recursive: true });
  const files = ['mono', 'common'].flatMap((part) => filesIn(part, '.cpp'));
  const unit = join(folder, 'edge.cpp');
  writeFileSync(unit, files.map((file) => `#include ${JSON.stringify(file)}\n`).join(''));
  const includes = [...tools.includes, join(sources, 'mono'), join(sources, 'common')].map((path) => `-I${path}`);
  await compile(tools.cxx, [
    ...['-shared', '-fPIC', '-O1', '-w', '-std=c++20', '-DHAVE_NATIVECLR', '-DNODE_GYP_MODULE_NAME=edge_nativeclr'],
    ...[...includes, '-o', join(folder, 'edge_nativeclr.node'), unit, ...tools.libraries],
  ]);
  // The native half looks for it beside itself.
  const managed = ['mono', 'common'].flatMap((part) => filesIn(part, '.cs'));
  await compile(tools.mcs, ['-sdk:4.5', '-target:exe', `-out:${join(folder, 'MonoEmbedding.exe')}`, ...managed]);
  return 0;
});

/** @param {string} part @param {string} ending */
function filesIn(part, ending) {
  const folder = join(sources, part);
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => join(folder, name));
}

/** @param {string} command @param {readonly string[]} args */
async function compile(command, args) {
  const result = unlessInterrupted(await run(command, args, { output: 'collect', limitMs: LIMIT_MS }));
  if (result.code === 0) return;
  throw new SetUpError(
    `${result.error?.message ?? result.text}\n${command} failed${result.timedOut ? ' (too slow)' : ''}.`,
  );
}
