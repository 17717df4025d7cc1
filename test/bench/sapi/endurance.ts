import { readFileSync } from 'node:fs';
import process from 'node:process';
import { type SapiHost, startSapiHost } from './sapi-host.ts';

/** After so many a host is as large as it gets. */
const WARM_UP = 200;

export interface Growth {
  readonly rssMb: number;
  /** null where the system does not tell. */
  readonly threads: number | null;
}

/** What a host has more after `utterances` more of them. */
export async function measureGrowth(utterances: number): Promise<Growth> {
  const sapi = await startSapiHost();
  await speakOften(sapi, WARM_UP);
  const before = await look(sapi);
  await speakOften(sapi, utterances);
  const after = await look(sapi);
  const threads = before.threads === null || after.threads === null ? null : after.threads - before.threads;
  return { rssMb: after.rssMb - before.rssMb, threads };
}

async function speakOften({ speak }: SapiHost, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1)
    await speak(`Utterance number ${i} has twelve words, so that it makes a little audio.`);
}

async function look({ host }: SapiHost): Promise<Growth> {
  const { rssBytes } = await host.client.request('host.stats', {});
  return { rssMb: rssBytes / 2 ** 20, threads: threadsOf(host.pid) };
}

function threadsOf(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null;
  return Number(/^Threads:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN);
}
