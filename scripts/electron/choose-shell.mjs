/**
 * @typedef {object} Circumstances
 * @property {boolean} webAsked
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isRoot
 */
/**
 * @typedef {object} Choice
 * @property {'electron' | 'web'} shell
 * @property {boolean} hasDisplay false: show the address, open nothing
 * @property {string} why the web shell was chosen; empty for Electron
 */

/**
 * Which shell to try first. Electron still depends on its binary.
 * @param {Circumstances} circumstances
 * @returns {Choice}
 */
export function chooseShell({ webAsked, platform, env, isRoot }) {
  const hasDisplay = platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
  /** @param {string} why @returns {Choice} */
  const web = (why) => ({ shell: 'web', hasDisplay, why });

  if (!hasDisplay) return web('there is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set');
  if (webAsked) return web('you asked for it');
  if (platform === 'linux' && isRoot) {
    return web('Electron does not run as root with its sandbox on, and Aside does not turn it off');
  }
  return { shell: 'electron', hasDisplay, why: '' };
}

const LAUNCH_MS = 10_000;
const BROKEN_SIGNALS = ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL', 'SIGBUS'];

/**
 * Why an Electron that has ended never came up: libraries missing, no sandbox allowed, a wrong binary. Null when it ran.
 * @param {{ code: number | null, signal: string | null, error: Error | null }} ending
 * @param {number} elapsedMs
 * @returns {string | null}
 */
export function launchFailure({ code, signal, error }, elapsedMs) {
  if (error !== null) return error.message;
  if (elapsedMs > LAUNCH_MS) return null;
  if (code === 126 || code === 127) return `exit code ${code}, see above`;
  return signal !== null && BROKEN_SIGNALS.includes(signal) ? `${signal}, see above` : null;
}
