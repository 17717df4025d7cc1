import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fromRoot } from '../../scripts/set-up/root.mjs';

/** electron-builder's own parser, which comes with it. */
const { load } = createRequire(createRequire(fromRoot('package.json')).resolve('electron-builder'))('js-yaml') as {
  load(text: string): unknown;
};

/** A YAML file of the project, by its path from the root. Throws when it is not well-formed. */
export function readYaml(path: string): unknown {
  return load(readFileSync(fromRoot(path), 'utf8'));
}
