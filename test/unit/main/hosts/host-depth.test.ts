import { afterEach, expect, it, vi } from 'vitest';
import { environmentOf, hostDepth, MAX_HOST_DEPTH } from '../../../../main/hosts/host-depth.ts';
import { createHostPool } from '../../../../main/hosts/host-pool.ts';
import { echoContract } from '../../../fixtures/hosts/echo-contract.ts';
import { errorOf } from '../../../helpers/error-of.ts';
import { createFakeLauncher } from '../../../helpers/fake-launcher.ts';

afterEach(() => vi.unstubAllEnvs());

const launch = { engine: 'toy', entryPath: '/host.js', args: [] };
const setDepth = (depth: string | undefined): unknown => vi.stubEnv('ASIDE_HOST_DEPTH', depth);

it.each([
  [undefined, 0],
  ['', 0],
  ['0', 0],
  ['1', 1],
  ['12', 12],
  ['-3', 0],
  ['deep', 0],
])('%j in the environment is depth %i', (value, depth) => {
  setDepth(value);
  expect(hostDepth()).toBe(depth);
});

it('hands on this environment, what is added to it, and one more of depth', () => {
  setDepth('1');
  expect(environmentOf({ ...launch, env: { A: 'b' } })).toEqual({ ...process.env, A: 'b', ASIDE_HOST_DEPTH: '2' });
});

it('does not let what is added set the depth', () => {
  expect(environmentOf({ ...launch, env: { ASIDE_HOST_DEPTH: '-9' } })).toMatchObject({ ASIDE_HOST_DEPTH: '1' });
});

it('refuses what would be too deep, by name', () => {
  setDepth(String(MAX_HOST_DEPTH));
  expect(() => environmentOf(launch)).toThrow(
    expect.objectContaining({ code: 'host-depth', details: { engine: 'toy', depth: 3, limit: 2 } }),
  );
  expect(environmentOf(launch, 3)).toMatchObject({ ASIDE_HOST_DEPTH: '3' });
});

it('ends a pool at the first try, because the next would be as deep', async () => {
  setDepth('2');
  const launcher = createFakeLauncher({ cannotSpawn: refusal() });
  const pool = createHostPool({ contract: echoContract, launcher, ...launch, engine: 'scripted' });
  const error = await errorOf(pool.request('echo.wait', {}));
  expect([error.code, launcher.hosts.length]).toEqual(['host-depth', 1]);
  expect(pool.status()).toMatchObject([{ state: 'gave-up', restarts: 0 }]);
  await pool.close();
});

function refusal(): Error {
  try {
    environmentOf(launch);
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was not refused');
}
