import './set-up/require-node.mjs';
import { chooseShell, launchFailure } from './electron/choose-shell.mjs';
import { ensureElectron } from './electron/fetch-electron.mjs';
import { ensureBuilt } from './set-up/build.mjs';
import { ensureInstalled } from './set-up/install.mjs';
import { runMain, SetUpError } from './set-up/main.mjs';
import { fromRoot, root } from './set-up/root.mjs';
import { exitCodeOf, run } from './set-up/run.mjs';

const USAGE = `npm start [-- <options>]    installs and builds what is missing, then opens Aside

  --web            opens it in the browser, also where Electron could run
  --get-electron   fetches Electron's binary, also after an earlier attempt failed
  --help           shows this
`;

await runMain(async () => {
  const options = process.argv.slice(2);
  const unknown = options.find((option) => !['--web', '--get-electron', '--help'].includes(option));
  if (unknown !== undefined) throw new SetUpError(`Unknown option ${unknown}.\n\n${USAGE}`, 2);
  if (options.includes('--help')) {
    console.log(USAGE);
    return 0;
  }
  await ensureInstalled();
  await ensureBuilt();
  return open({ webAsked: options.includes('--web'), getElectron: options.includes('--get-electron') });
});

/**
 * @param {{ webAsked: boolean, getElectron: boolean }} options
 * @returns {Promise<number>} the shell's exit code
 */
async function open({ webAsked, getElectron }) {
  const isRoot = process.getuid?.() === 0;
  const choice = chooseShell({ webAsked, platform: process.platform, env: process.env, isRoot });
  const electron = getElectron || choice.shell === 'electron' ? await ensureElectron({ asked: getElectron }) : null;
  if (choice.shell === 'web') return openWeb(choice.hasDisplay, choice.why);
  if (electron?.path == null) return openWeb(choice.hasDisplay, electron?.why ?? '');

  console.log(`Aside opens in Electron ${electron.version}.`);
  const startedAt = performance.now();
  const ending = await run(electron.path, [root]);
  const failure = ending.interruptedBy === null ? launchFailure(ending, performance.now() - startedAt) : null;
  return failure === null ? exitCodeOf(ending) : openWeb(choice.hasDisplay, `Electron did not start (${failure})`);
}

/**
 * @param {boolean} hasDisplay
 * @param {string} why
 */
async function openWeb(hasDisplay, why) {
  const how = hasDisplay ? 'opens in your browser' : 'waits for your browser';
  console.log(`Aside's web shell ${how}, because ${why}.`);
  const args = [
    fromRoot('dist', 'main', 'cli.js'),
    'serve',
    '--exit-when-closed',
    ...(hasDisplay ? [] : ['--no-open']),
  ];
  const ending = await run(process.execPath, args, {
    lifeline: true,
    onLine: (line) => console.log(addressIn(line)),
  });
  return exitCodeOf(ending);
}

/** @param {string} line of the server: JSON with its URL @returns {string} the same for people */
function addressIn(line) {
  return `\n  ${JSON.parse(line).url}\n\nThis address is for you alone. Ctrl-C ends Aside; so does closing its last page.`;
}
