import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HostPool } from '../../../main/hosts/host-pool.ts';
import type { AudioContract } from '../../../protocol/contract/audio-contract.ts';
import type { AudioFormat } from '../../../protocol/model/audio-format.ts';
import { makeFile, NO_TAGS, openAudioHosts } from '../../helpers/audio-files.ts';
import { createCollectingLog } from '../../helpers/collecting-log.ts';
import { TONE_RATE_HZ as sampleRateHz, type TonePieces, tonePieces } from '../../helpers/tone-pieces.ts';

const wav = { kind: 'wav' } as const;
const mp3 = { kind: 'mp3', bitrateKbps: 64, quality: null } as const;
const ogg = { kind: 'ogg', quality: 3 } as const;
const formats: [string, AudioFormat][] = [
  ['wav', wav],
  ['mp3', mp3],
  ['mp3', { kind: 'mp3', bitrateKbps: null, quality: 6.5 }],
  ['ogg', ogg],
];
const tags = { ...NO_TAGS, title: 'Tones', chapters: [{ title: 'One', startMs: 0 }] };

/** Longer than the rest: some seconds of work, in the middle of which something happens. */
const LONG = 3;

let tones: TonePieces;
let short: readonly string[];
const pools: HostPool<AudioContract>[] = [];
beforeAll(() => {
  tones = tonePieces(7, 3.3, 5.01, 180);
  short = tones.pcmPaths.slice(0, LONG);
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.terminate()));
});
afterAll(() => tones.remove());

function openPool(jobs = 1): HostPool<AudioContract> {
  const pool = openAudioHosts(jobs);
  pools.push(pool);
  return pool;
}

const inDir = (name: string): string => join(tones.dir, name);
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
const longPiece = (format: AudioFormat, path: string) => ({
  ...{ pcmPath: tones.pcmPaths[LONG] ?? '', path, format, sampleRateHz },
});

describe.each(formats)('a %s file (%j)', (extension, format) => {
  it('has the same bytes from one host and from several', async () => {
    const paths = [1, 2, 3].map((jobs) => inDir(`${jobs}-hosts.${extension}`));
    for (const [index, path] of paths.entries()) {
      await makeFile(openPool(index + 1), { path, format, sampleRateHz, tags, pcmPaths: short });
    }
    expect(new Set(paths.map(hashOf)).size).toBe(1);
  });

  it('has the same bytes after each call was interrupted and made again', async () => {
    const pool = openPool();
    const path = inDir(`whole.${extension}`);
    const made = await makeFile(pool, { path, format, sampleRateHz, tags, pcmPaths: short });
    const wanted = hashOf(path);
    const finish = { path, format, sampleRateHz, tags, mayBeHuge: false };
    const seekPoints = made.states.map(({ samples, bytes }) => ({ samples, bytes }));
    for (const [index, before] of made.states.slice(0, -1).entries()) {
      const piecePath = format.kind === 'wav' ? (short[index] ?? '') : `${path}.${index}`;
      truncateSync(path, before.bytes);
      appendFileSync(path, readFileSync(piecePath).subarray(0, 1_000));
      const { state } = await pool.request('piece.append', { path, format, sampleRateHz, piecePath, state: before });
      expect(state).toEqual(made.states[index + 1]);
    }
    const state = made.states.at(-1) ?? { bytes: 0, samples: 0, pages: 0, lastBlock: 0 };
    for (let times = 0; times < 2; times++) {
      await pool.request('file.finish', { ...finish, state, seekPoints });
      expect(hashOf(path)).toBe(wanted);
    }
  });

  it('is known to be whole, or up to where', async () => {
    const pool = openPool();
    const path = inDir(`verified.${extension}`);
    const { states, pieces } = await makeFile(pool, { path, format, sampleRateHz, tags, pcmPaths: short });
    const verify = { path, startBytes: states[0]?.bytes ?? 0, pieces: [...pieces] };
    expect(await pool.request('file.verify', verify)).toEqual({ intact: 3 });
    truncateSync(path, (states[3]?.bytes ?? 0) - 1);
    expect(await pool.request('file.verify', verify)).toEqual({ intact: 2 });
    const bytes = readFileSync(path);
    bytes[(states[1]?.bytes ?? 0) + 5] = 0x55;
    writeFileSync(path, bytes);
    expect(await pool.request('file.verify', verify)).toEqual({ intact: 1 });
  });
});

describe.each([
  ['MP3', mp3],
  ['Ogg', ogg],
])('encoding a long piece to %s', (name, format) => {
  it('tells of its progress, but not all the time', async () => {
    const told: number[] = [];
    const onProgress = ({ bytes }: { bytes: number }): void => void told.push(bytes);
    const startedAtMs = performance.now();
    await openPool().request('piece.encode', longPiece(format, inDir(`${name}.piece`)), { onProgress });
    const tookMs = performance.now() - startedAtMs;
    expect(told.length).toBeGreaterThan(2);
    expect(told.length).toBeLessThanOrEqual(Math.ceil(tookMs / 100));
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('ends soon when it is cancelled, and its host lives on', async () => {
    const pool = openPool();
    const path = inDir(`${name}.cancelled`);
    const call = pool.start('piece.encode', longPiece(format, path), { onProgress: () => call.cancel() });
    await expect(call.result).rejects.toMatchObject({ code: 'request-cancelled' });
    await call.settled;
    const pcmPath = short[0] ?? '';
    await pool.request('piece.encode', { pcmPath, path, format, sampleRateHz });
    expect(pool.exits()).toEqual([]);
  });

  it('gives the same bytes after its host was killed', async () => {
    const pool = openPool();
    const [killed, whole] = [inDir(`${name}.killed`), inDir(`${name}.whole`)];
    const params = longPiece(format, killed);
    const kill = (): void => {
      for (const { pid } of pool.status()) if (pid !== null) process.kill(pid, 'SIGKILL');
    };
    const call = pool.start('piece.encode', params, { onProgress: kill });
    await expect(call.result).rejects.toMatchObject({ code: 'host-exited' });
    const again = await pool.request('piece.encode', params);
    expect(await pool.request('piece.encode', { ...params, path: whole })).toEqual(again);
    expect(hashOf(killed)).toBe(hashOf(whole));
  });
});

it('notes in the log that a host died at its work', async () => {
  const { log, lines } = createCollectingLog();
  const pool = openAudioHosts(1, log);
  pools.push(pool);
  const path = inDir('noted.ogg');
  await pool.request('piece.encode', { pcmPath: short[0] ?? '', path, format: ogg, sampleRateHz });
  expect(lines).toEqual([]);
  const [host] = pool.status();
  const call = pool.start('piece.encode', longPiece(ogg, path), {
    onProgress: () => process.kill(host?.pid ?? 0, 'SIGKILL'),
  });
  await expect(call.result).rejects.toMatchObject({ code: 'host-exited' });
  expect(lines).toEqual([expect.stringMatching(/^warn .*SIGKILL.* engine=audio code=host-exited/)]);
});

describe('what cannot be made', () => {
  const begin = (path: string, format: AudioFormat) => ({
    path,
    format,
    sampleRateHz,
    tags: NO_TAGS,
    mayBeHuge: false,
  });

  it('says which piece is missing', async () => {
    const path = inDir('no-piece.wav');
    const pool = openPool();
    const state = await pool.request('file.begin', begin(path, wav));
    const piecePath = inDir('missing');
    await expect(
      pool.request('piece.append', { path, format: wav, sampleRateHz, piecePath, state }),
    ).rejects.toMatchObject({
      code: 'file',
      message: expect.stringContaining(`cannot read ${piecePath}`),
      details: { path: piecePath, reason: 'ENOENT' },
    });
  });

  it('does not go on with a file that is shorter than it was', async () => {
    const path = inDir('shorter.wav');
    const pool = openPool();
    const state = await pool.request('file.begin', begin(path, wav));
    truncateSync(path, 10);
    const piecePath = short[0] ?? '';
    await expect(
      pool.request('piece.append', { path, format: wav, sampleRateHz, piecePath, state }),
    ).rejects.toMatchObject({ code: 'file', details: { path, reason: 'too-short' } });
    expect(statSync(path).size).toBe(10);
  });

  it('refuses a file of samples that ends in the middle of one', async () => {
    const pcmPath = inDir('half.pcm');
    writeFileSync(pcmPath, new Uint8Array(1_001));
    const params = { pcmPath, path: inDir('half.mp3'), format: mp3, sampleRateHz };
    await expect(openPool().request('piece.encode', params)).rejects.toMatchObject({
      code: 'file',
      details: { path: pcmPath, reason: 'half-a-sample' },
    });
  });

  it.each([
    ['mp3', mp3],
    ['ogg', ogg],
  ] as const)('does not join a piece of %s that was cut off', async (extension, format) => {
    const pool = openPool();
    const [path, piecePath] = [inDir(`cut.${extension}`), inDir(`cut.${extension}.0`)];
    await pool.request('piece.encode', { pcmPath: short[0] ?? '', path: piecePath, format, sampleRateHz });
    truncateSync(piecePath, statSync(piecePath).size - 1);
    const state = await pool.request('file.begin', begin(path, format));
    await expect(pool.request('piece.append', { path, format, sampleRateHz, piecePath, state })).rejects.toMatchObject({
      code: 'file',
      details: { path: piecePath, reason: 'damaged' },
    });
  });

  it('does not join pieces of Ogg that were encoded otherwise', async () => {
    const pool = openPool();
    const [path, piecePath] = [inDir('mixed.ogg'), inDir('mixed.ogg.0')];
    const better = { ...ogg, quality: 8 };
    await pool.request('piece.encode', { pcmPath: short[0] ?? '', path: piecePath, format: better, sampleRateHz });
    const state = await pool.request('file.begin', begin(path, ogg));
    await expect(
      pool.request('piece.append', { path, format: ogg, sampleRateHz, piecePath, state }),
    ).rejects.toMatchObject({ code: 'file', details: { path: piecePath, reason: 'other-settings' } });
  });

  it('refuses a sampling rate that MP3 does not have', async () => {
    const params = { ...begin(inDir('rate.mp3'), mp3), sampleRateHz: 10_000 };
    await expect(openPool().request('file.begin', params)).rejects.toMatchObject({
      code: 'refused',
      details: { reason: 'sample-rate' },
    });
  });

  it.each([4_000, 192_000])('has Ogg for a sampling rate of %i Hz', async (rateHz) => {
    const file = { path: inDir(`${rateHz}.ogg`), format: ogg, sampleRateHz: rateHz, pcmPaths: short };
    const { states } = await makeFile(openPool(), file);
    const wanted = short.reduce((sum, path) => sum + statSync(path).size / 2, 0);
    expect(states.at(-1)?.samples).toBeGreaterThanOrEqual(wanted);
  });

  it.each(formats)(
    'does not finish a %s file (%j) with other tags than it was begun with',
    async (extension, format) => {
      const pool = openPool();
      const path = inDir(`other-tags.${extension}`);
      const { states } = await makeFile(pool, { path, format, sampleRateHz, tags, pcmPaths: short });
      const copy = inDir(`other-tags-copy.${extension}`);
      copyFileSync(path, copy);
      const state = states.at(-1) ?? { bytes: 0, samples: 0, pages: 0, lastBlock: 0 };
      const other = { ...tags, title: `${tags.title}, and more of them` };
      await expect(
        pool.request('file.finish', { ...begin(path, format), tags: other, state, seekPoints: [] }),
      ).rejects.toMatchObject({ code: 'internal' });
      expect(hashOf(path)).toBe(hashOf(copy));
    },
  );
});
