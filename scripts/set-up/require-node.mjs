/**
 * Ends the program with one clear line when this Node is too old for Aside. Import it first: modules run in the order of
 * their imports, and everything here and in the scripts parses on a Node as old as 16.
 */
import { readFileSync } from 'node:fs';
import { isSupportedNode } from './node-version.mjs';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
if (!isSupportedNode(process.versions.node, engines.node)) {
  console.error(
    `Aside needs Node ${engines.node.slice('>='.length)} or newer; this is Node ${process.versions.node} (${process.execPath}).`,
  );
  console.error('Install a current one from https://nodejs.org or with your version manager, then run this again.');
  process.exit(1);
}
