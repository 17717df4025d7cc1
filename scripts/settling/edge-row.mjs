import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fromRoot } from '../set-up/root.mjs';
import { run } from '../set-up/run.mjs';
import { findVcRuntime } from '../set-up/vc-runtime.mjs';
import { NotHere, settle } from './row.mjs';

const PACKAGE = fromRoot('node_modules', 'edge-js');
const RUNTIME = 'vcruntime140.dll';
const EDGE = 'edge_nativeclr.node';
const LIMIT_MS = 60_000;

/** What lies beside edge's binary, and whether it loads then, in a Node of its own. */
export function settleEdgeLoading() {
  return settle(
    {
      id: 10,
      question:
        'Does edge load without a VC runtime beside it, with the right one, and with the one that its package brings for arm64?',
      how: 'each beside a copy of the binary, in a Node of its own',
    },
    async () => {
      if (process.platform !== 'win32') throw new NotHere('this is no Windows');
      const native = join(PACKAGE, 'lib', 'native', 'win32', process.arch);
      const edge = join(native, process.versions.node.split('.')[0] ?? '', EDGE);
      if (!existsSync(edge))
        throw new NotHere(`edge-js has no build for Node ${process.versions.node} on ${process.arch}`);
      const right = findVcRuntime(process.arch, PACKAGE);
      const wrong = join(PACKAGE, 'lib', 'native', 'win32', 'ia32', RUNTIME);
      const found = {
        none: await load(edge, null),
        right: right === null ? 'there is none here' : await load(edge, right),
        'for another processor': await load(edge, wrong),
      };
      const finding = Object.entries(found).map(([which, outcome]) => `${which}: ${outcome}`);
      return {
        finding: `${process.arch}; ${finding.join('; ')}`,
        holds: found.right === 'loads',
        data: { ...found, right },
      };
    },
  );
}

/** @param {string} edge @param {string | null} runtime to put beside it @returns {Promise<string>} `loads`, or what happened */
async function load(edge, runtime) {
  const folder = mkdtempSync(join(tmpdir(), 'aside-edge-'));
  try {
    mkdirSync(folder, { recursive: true });
    const copy = join(folder, EDGE);
    copyFileSync(edge, copy);
    if (runtime !== null) copyFileSync(runtime, join(folder, RUNTIME));
    const program = `require(${JSON.stringify(copy)}); console.log('it loads');`;
    const { code, text } = await run(process.execPath, ['-e', program], { output: 'collect', limitMs: LIMIT_MS });
    if (code === 0 && text.includes('it loads')) return 'loads';
    const why = text.split('\n').find((line) => /error|module/i.test(line)) ?? 'without a word';
    return `exit code ${code}, ${why.trim()}`;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
