import process from 'node:process';
import { type PeerFunction, peerFunctions } from './peer-functions.ts';

/** What `fork` alone gives: messages, answered as they come. */
process.on('message', ({ id, name, params }: { id: number; name: PeerFunction; params: never }) => {
  process.send?.({ id, result: peerFunctions[name](params) });
});
process.send?.('ready');
