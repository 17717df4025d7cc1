import process from 'node:process';

/** As little as a child can do that its parent can see. */
process.send?.('ready');
process.on('message', () => {}); // lives until its parent ends it
