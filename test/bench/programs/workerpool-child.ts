import { worker } from 'workerpool';
import { peerFunctions } from './peer-functions.ts';

worker(peerFunctions);
