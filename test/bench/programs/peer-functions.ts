import process from 'node:process';

/** The calls of `bench-contract.ts`, as the peers that run under Node make them: nothing is checked. */
const sleeper = new Int32Array(new SharedArrayBuffer(4));

export const peerFunctions = {
  increment: ({ value }: { value: number }) => ({ value: value + 1 }),
  negate: (value: number) => -value,
  echo: (bytes: Uint8Array) => bytes,
  work: ({ workMs }: { workMs: number }) => {
    Atomics.wait(sleeper, 0, 0, workMs);
    return { pid: process.pid };
  },
};
export type PeerFunction = keyof typeof peerFunctions;
