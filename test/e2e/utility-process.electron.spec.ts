import process from 'node:process';
import { expect, test } from './fixture.ts';
import { wordsOf } from './highlights.ts';

/** The whole app with hosts as utility processes, also where it would fork: as it ships on Windows. */
test.use({
  engines: 'espeak',
  settings: { voiceId: 'espeak:gmw/en-US', prosody: { rate: 3, pitch: 0, volume: 100 } },
  env: { ASIDE_LAUNCHER: 'utility-process' },
});

test('a text is read by a utility process, and another goes on when that is killed', async ({ aside, running }) => {
  const text = 'Several ordinary listeners gathered quietly around midnight. '.repeat(9).trim();
  await aside.writeToRead(text);
  await aside.play();
  await aside.hears('Several');
  const [speaking = 0] = await running.hostPids('espeak');
  expect(speaking).toBeGreaterThan(0);

  process.kill(speaking, 'SIGKILL');

  await expect(aside.notice('The voice process died and was replaced')).toBeVisible();
  await aside.reaches('finished');
  expect(await running.hostPids('espeak')).not.toContain(speaking);
  expect(await aside.litWords()).toEqual(wordsOf(text));
});
