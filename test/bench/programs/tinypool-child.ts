import { type PeerFunction, peerFunctions } from './peer-functions.ts';

/** tinypool calls the default export of a file. */
export default ({ name, params }: { name: PeerFunction; params: never }): unknown => peerFunctions[name](params);
