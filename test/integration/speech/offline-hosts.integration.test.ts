import { expect, onTestFinished, test, vi } from 'vitest';
import { createAudioHosts } from '../../../main/exports/audio-hosts.ts';
import { createForkLauncher } from '../../../main/hosts/fork-launcher.ts';
import { createEngines } from '../../../main/speech/engines.ts';
import { hostEntry } from '../../helpers/host-entry.ts';

const CERTIFICATES = 'Ignoring extra certs';

/** Launches with certificates in the environment that are not there: each Node that looks for them says so. */
function launcherAmongCertificates() {
  vi.stubEnv('NODE_EXTRA_CA_CERTS', '/no/such/certificates.pem');
  onTestFinished(() => void vi.unstubAllEnvs());
  const lines: string[] = [];
  return { lines, launcher: createForkLauncher({ log: (line) => lines.push(line) }) };
}

test('hosts that speak do not read the certificates that the environment names', async () => {
  const { launcher, lines } = launcherAmongCertificates();
  const engines = createEngines({ engines: ['scripted'], launcher, hostEntryPath: hostEntry(), systemLanguage: 'en' });
  onTestFinished(() => engines.close());
  expect((await engines.voices.list()).voices).not.toEqual([]);
  await engines.close();
  expect(lines.filter((line) => line.includes(CERTIFICATES))).toEqual([]);
});

test('nor do those that encode', async () => {
  const { launcher, lines } = launcherAmongCertificates();
  const audio = createAudioHosts({ launcher, hostEntryPath: hostEntry('audio-host.cjs'), jobs: 1 });
  onTestFinished(() => audio.terminate());
  const { result } = audio.start('file.verify', { path: '/no/such/file', startBytes: 0, pieces: [] });
  await expect(result).rejects.toMatchObject({ code: 'file' });
  await audio.terminate();
  expect(lines.filter((line) => line.includes(CERTIFICATES))).toEqual([]);
});

test('any other host does', async () => {
  const { launcher, lines } = launcherAmongCertificates();
  const host = launcher.launch({ engine: 'scripted', entryPath: hostEntry(), args: ['--engine', 'scripted'] });
  await new Promise((resolve) => host.port.onMessage(resolve));
  host.kill('terminate');
  await host.exited;
  expect(lines.filter((line) => line.includes(CERTIFICATES))).toHaveLength(1);
});
