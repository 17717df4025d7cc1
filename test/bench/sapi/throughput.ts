import { startSapiHost } from './sapi-host.ts';

/** Microseconds for each event, from the voice to the far end of the host's channel. */
export async function measureEvents(events: number, runs: number): Promise<number[]> {
  // On the other route the scripted voice spends most of the time on passing events through memory as SAPI does.
  const { speak } = await startSapiHost('stream');
  const microseconds: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    let got = 0;
    const startedMs = performance.now();
    await speak(`{{flood ${events}}}`, {
      wantVisemes: true,
      onItem: (item) => {
        if (item.kind === 'boundaries') got += item.boundaries.length;
      },
    });
    microseconds.push(((performance.now() - startedMs) * 1000) / events);
    if (got !== events) throw new Error(`${got} of ${events} events arrived`);
  }
  return microseconds;
}

/** Milliseconds for each MB of samples, as above. Throws when one is lost, repeated or swapped. */
export async function measurePcm(megabytes: number, runs: number): Promise<number[]> {
  const { speak } = await startSapiHost();
  const milliseconds: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    let [next, wrong] = [0, 0];
    const startedMs = performance.now();
    await speak(`{{pcm ${(megabytes * 2 ** 20) / 2}}}`, {
      onItem: (item) => {
        if (item.kind !== 'audio') return;
        const { buffer, byteOffset, byteLength } = item.pcm;
        const samples = new Int16Array(
          byteOffset % 2 === 0 ? buffer : item.pcm.slice().buffer,
          byteOffset % 2 === 0 ? byteOffset : 0,
          byteLength / 2,
        );
        for (const sample of samples) if (sample !== (next++ << 16) >> 16) wrong += 1;
      },
    });
    milliseconds.push((performance.now() - startedMs) / megabytes);
    if (wrong > 0 || next * 2 !== megabytes * 2 ** 20) throw new Error(`${wrong} samples wrong, ${next} in all`);
  }
  return milliseconds;
}
