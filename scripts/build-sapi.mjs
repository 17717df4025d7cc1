import './set-up/require-node.mjs';
import { mkdirSync, readdirSync } from 'node:fs';
import { findCsharpCompiler } from './set-up/csharp-compiler.mjs';
import { runMain, SetUpError } from './set-up/main.mjs';
import { fromRoot } from './set-up/root.mjs';
import { exitCodeOf, run } from './set-up/run.mjs';

const SOURCES = fromRoot('native-host', 'engines', 'sapi', 'assembly');
const LIMIT_MS = 2 * 60_000;

/** `npm run build:sapi`: compiles the C# of the SAPI engine into dist/sapi/Aside.Sapi.dll. */
await runMain(async () => {
  const compiler = findCsharpCompiler();
  if (compiler === null) {
    throw new SetUpError('There is no C# compiler here. On Debian: sudo apt-get install mono-mcs mono-devel');
  }
  // The suffix is for scripts/set-up/build.mjs, which builds beside the output and then lets the two change places.
  const folder = fromRoot('dist', `sapi${process.env.ASIDE_OUT_SUFFIX ?? ''}`);
  mkdirSync(folder, { recursive: true });
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.cs'))
    .map((name) => `${SOURCES}/${name}`);
  const output = `-out:${folder}/Aside.Sapi.dll`;
  const args = [...compiler.options, '-target:library', '-optimize+', '-warn:4', output, ...sources.sort()];
  return exitCodeOf(await run(compiler.command, args, { limitMs: LIMIT_MS }));
});
