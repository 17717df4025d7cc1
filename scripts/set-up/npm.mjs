import { SetUpError } from './main.mjs';
import { run, unlessInterrupted } from './run.mjs';

/**
 * Runs npm to its end. Throws when it cannot be started at all.
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} options
 * @returns {Promise<import('./run.mjs').RunResult>}
 */
export async function runNpm(args, options) {
  // npm names itself to the scripts that it runs; without it, whatever `npm` is on the path.
  const own = process.env.npm_execpath ?? '';
  const result = unlessInterrupted(
    own.endsWith('npm-cli.js')
      ? await run(process.execPath, [own, ...args], options)
      : await run('npm', args, { ...options, shell: process.platform === 'win32' }),
  );
  if (result.error !== null) {
    throw new SetUpError(`npm could not be started (${result.error.message}). It comes with Node: https://nodejs.org`);
  }
  return result;
}
