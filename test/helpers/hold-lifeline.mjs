// Preloaded into a process whose end a test waits for: the system closes this file with it.
import { openSync } from 'node:fs';

openSync(process.env.LIFELINE, 'w');
