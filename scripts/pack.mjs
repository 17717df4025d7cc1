import './set-up/require-node.mjs';
import { parseArgs } from 'node:util';
import { packApp } from './packaging/pack-app.mjs';
import { ensureBuilt } from './set-up/build.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain, SetUpError } from './set-up/main.mjs';

const PLATFORMS = /** @type {const} */ (['linux', 'win32', 'darwin']);
const ARCHS = /** @type {const} */ (['x64', 'arm64']);
const USAGE = `npm run pack [-- <options>]    builds what has changed and packs Aside into release/

  --installers         makes the installers, too: NSIS on Windows, AppImage and deb on Linux, dmg on macOS
  --platform <name>    ${PLATFORMS.join(', ')}; default: this one
  --arch <name>        ${ARCHS.join(', ')}; default: this machine's
  --help               shows this
`;

await runMain(async () => {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const target = {
    platform: oneOf(PLATFORMS, options.platform ?? process.platform, 'platform'),
    arch: oneOf(ARCHS, options.arch ?? process.arch, 'architecture'),
  };
  await ensureInstalled();
  await ensureBuilt();
  await packApp(target, { installers: options.installers === true });
  return 0;
});

/** @param {string[]} args */
function parseOptions(args) {
  try {
    return parseArgs({
      args,
      options: {
        installers: { type: 'boolean' },
        platform: { type: 'string' },
        arch: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new SetUpError(`${/** @type {Error} */ (error).message}\n\n${USAGE}`, 2);
  }
}

/**
 * @template {string} T
 * @param {readonly T[]} known
 * @param {string} wanted
 * @param {string} what
 * @returns {T}
 */
function oneOf(known, wanted, what) {
  const found = known.find((each) => each === wanted);
  if (found !== undefined) return found;
  throw new SetUpError(`Aside is not packed for the ${what} ${wanted}, but for: ${known.join(', ')}.\n\n${USAGE}`, 2);
}
