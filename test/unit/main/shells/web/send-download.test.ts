import { expect, test } from 'vitest';
import { contentDisposition } from '../../../../../main/shells/web/send-download.ts';

test.each([
  ['a.wav', `attachment; filename="a.wav"; filename*=UTF-8''a.wav`],
  ['a "b" \\ 100%.wav', `attachment; filename="a _b_ _ 100_.wav"; filename*=UTF-8''a%20%22b%22%20%5C%20100%25.wav`],
  ["it's (1)*.wav", `attachment; filename="it's (1)*.wav"; filename*=UTF-8''it%27s%20%281%29%2a.wav`],
  ['日本.wav', `attachment; filename="__.wav"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.wav`],
  [
    'a\r\nSet-Cookie: x.wav',
    `attachment; filename="a__Set-Cookie: x.wav"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x.wav`,
  ],
])('offers %j under its name, and a plain one for old browsers', (fileName, header) => {
  expect(contentDisposition(fileName)).toBe(header);
});
