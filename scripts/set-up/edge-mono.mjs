import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProof } from '../testing/find-program.mjs';
import { fromRoot } from './root.mjs';

/**
 * @typedef {object} EdgeMonoTools
 * @property {string} cxx
 * @property {string} mcs
 * @property {readonly string[]} includes folders of headers
 * @property {readonly string[]} libraries
 */

/** Where Debian, and Mono's own packages, put Mono's headers. */
const MONO_HEADERS = ['/usr/include/mono-2.0', '/usr/local/include/mono-2.0'];

/**
 * What is needed to build edge-js for Mono, or what is missing. Node's headers lie beside the running Node, where its
 * packages put them: nothing is fetched.
 * @returns {EdgeMonoTools | string}
 */
export function edgeMonoTools() {
  if (process.platform !== 'linux') return 'it is only needed on Linux';
  const [cxx, mcs] = ['g++', 'mcs'].map((command) => findProof({ commands: [command] }));
  if (cxx == null || mcs == null) return `${cxx == null ? 'g++' : 'mcs'} is missing`;
  const mono = MONO_HEADERS.find((folder) => existsSync(join(folder, 'mono', 'jit', 'jit.h')));
  if (mono === undefined) return "Mono's headers are missing";
  const node = join(dirname(dirname(process.execPath)), 'include', 'node');
  if (!existsSync(join(node, 'node.h'))) return `Node's headers are missing (${node})`;
  if (!existsSync(fromRoot('node_modules', 'edge-js', 'src'))) return 'the package edge-js is missing';
  return { cxx, mcs, includes: [node, fromRoot('node_modules', 'nan'), mono], libraries: ['-lmonosgen-2.0'] };
}
