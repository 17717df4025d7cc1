/**
 * Who may import whom, type imports included; checked by check-boundaries.mjs. The first row whose `from` begins a file's
 * path holds for it, and lists the beginnings of paths that it `may` and may `not` import. Import cycles and raw APIs
 * (process.exit, ipcMain, console …) are watched by biome.json.
 * @typedef {object} Row
 * @property {string} from
 * @property {readonly string[]} may
 * @property {readonly string[]} [not] exceptions from `may`
 * @property {RegExp} [packages] those that it may import, default: all but Electron
 * @property {string} instead the right way, for who is on the wrong one
 */

const noElectron = /^(?!electron(\/|$))/;
const any = /^/;
const hosts = ['main/hosts/', 'main/logging/', 'lane/', 'shared-state/', 'protocol/'];
const main = ['main/', 'lane/', 'shared-state/', 'protocol/'];
const shells = ['main/shells/cli/', 'main/shells/electron/', 'main/shells/web/'];
const apart = 'shells do not know each other; what they share lies in main/shells';

/** @type {readonly Row[]} */
export const rows = [
  {
    from: 'protocol/',
    may: ['protocol/'],
    packages: /^zod(\/|$)/,
    instead: 'every process loads protocol: it needs nothing but zod',
  },
  { from: 'lane/', may: ['lane/', 'protocol/'], instead: 'it knows bytes and messages, not what they are about' },
  {
    from: 'shared-state/',
    may: ['shared-state/', 'protocol/'],
    instead: 'what processes share knows none of them',
  },
  {
    from: 'native-host/runtime/',
    may: ['native-host/runtime/', 'lane/', 'shared-state/', 'protocol/'],
    instead: 'the runtime knows nothing of speech; native-host/speech hands it a call module',
  },
  {
    from: 'native-host/',
    may: ['native-host/', 'lane/', 'shared-state/', 'protocol/'],
    instead: 'a host meets main only through protocol/contract/host-contract.ts, and runs without Electron',
  },
  {
    from: 'renderer/preload/',
    may: ['renderer/preload/', 'renderer/connection/', 'protocol/'],
    packages: /^electron(\/|$)/,
    instead: 'the preload script is sandboxed and passes messages on, nothing else',
  },
  {
    from: 'renderer/',
    may: ['renderer/', 'protocol/'],
    not: ['renderer/preload/'],
    packages: /^(?!electron(\/|$)|node:)/,
    instead: 'a page meets main only through protocol/contract/app-contract.ts; it has neither Node nor Electron',
  },
  { from: 'main/logging/', may: ['main/logging/', 'protocol/'], instead: 'everybody logs, so logging needs nobody' },
  {
    from: 'main/files/',
    may: ['main/files/', 'main/logging/', 'protocol/'],
    instead: 'it knows how files are written, not what for',
  },
  { from: 'main/hosts/', may: hosts, instead: 'main/hosts knows nothing of what its hosts are for' },
  { from: 'main/documents/', may: ['main/documents/', ...hosts], instead: 'pass in what documents need' },
  { from: 'main/settings/', may: ['main/settings/', 'main/files/', ...hosts], instead: 'pass in what settings need' },
  { from: 'main/speech/', may: ['main/speech/', ...hosts], instead: 'pass in what speech needs; exports build on it' },
  {
    from: 'main/exports/',
    may: ['main/exports/', 'main/files/', 'main/speech/', 'main/documents/', 'main/shell-services.ts', ...hosts],
    instead: 'a shell passes in what it offers as ShellServices',
  },
  { from: 'main/shells/cli/', may: main, not: except('main/shells/cli/'), instead: apart },
  { from: 'main/shells/web/', may: main, not: except('main/shells/web/'), instead: apart },
  { from: 'main/shells/electron/', may: main, not: except('main/shells/electron/'), packages: any, instead: apart },
  { from: 'main/shells/', may: main, not: shells, instead: apart },
  // The composition roots put everything together.
  { from: 'main/main.ts', may: main, packages: any, instead: 'pass a path or a launcher, not a module' },
  { from: 'main/cli.ts', may: main, instead: 'the CLI and the web shell run without Electron' },
  { from: 'main/serve.ts', may: main, instead: 'the CLI and the web shell run without Electron' },
  {
    from: 'main/',
    may: main,
    not: ['main/shells/'],
    instead: 'the core knows neither its shells nor Electron; a shell passes in what it offers as ShellServices',
  },
].map((row) => ({ packages: noElectron, ...row }));

/** @param {string} own */
function except(own) {
  return shells.filter((shell) => shell !== own);
}
