import './set-up/require-node.mjs';
import { readdirSync } from 'node:fs';
import { ensureBuilt, programs } from './set-up/build.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain, SetUpError } from './set-up/main.mjs';
import { fromRoot } from './set-up/root.mjs';
import { exitCodeOf, run, unlessInterrupted } from './set-up/run.mjs';

/**
 * `npm run -s bench -- <name> [--json]`: bundles test/bench/<name>.ts and runs it in a process of its own. Without a
 * name it lists the names.
 */
await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  const names = benchNames();
  if (name === undefined) {
    process.stdout.write(`${names.join('\n')}\n`);
    return 0;
  }
  if (!names.includes(name)) {
    throw new SetUpError(`npm run -s bench -- <name> [--json]; no bench ${name}, there are: ${names.join(', ')}`, 2);
  }
  await ensureInstalled();
  await ensureBuilt([programs]);
  const bundling = ['node_modules/rolldown/bin/cli.mjs', '-c', 'rolldown.config.ts'];
  const bundled = unlessInterrupted(
    await run(process.execPath, bundling, { output: 'collect', env: { ASIDE_BENCH: name } }),
  );
  if (bundled.code !== 0) throw new SetUpError(`${bundled.text}\ntest/bench/${name}.ts could not be bundled.`);
  return exitCodeOf(
    await run(process.execPath, ['--enable-source-maps', fromRoot('dist', 'bench', `${name}.js`), ...args], {
      // A company's certificates cost each Node 60 ms of its start: that would be measured, of us and of our peers.
      env: { NODE_EXTRA_CA_CERTS: '' },
    }),
  );
});

/** A bench is a file in test/bench; what they share lies in folders there. */
function benchNames() {
  return readdirSync(fromRoot('test', 'bench')).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
}
