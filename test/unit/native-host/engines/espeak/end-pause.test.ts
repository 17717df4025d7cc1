import { describe, expect, it } from 'vitest';
import { withEndPause } from '../../../../../native-host/engines/espeak/end-pause.ts';

const SILENT = ' \u200c';

describe('withEndPause', () => {
  it.each([
    'Hello.',
    'Hello?!',
    'Hello,',
    'Hello:',
    'Hello…',
    '“Hello.”',
    '(Hello!)',
    '你好。',
    'مرحبا؟',
    'Hello.\n\n',
  ])('adds a clause without words to %j, which ends one', (text) => {
    expect(withEndPause(text)).toBe(text + SILENT);
  });

  it.each([
    ['Hello', 'Hello.'],
    ['Hello \n', 'Hello. \n'],
    ['(Hello)', '(Hello).'],
    ['你好', '你好.'],
  ])('ends the clause in %j first, right behind the last word', (text, ended) => {
    expect(withEndPause(text)).toBe(ended + SILENT);
  });
});
