import { describe, expect, it } from 'vitest';
import { chosenEngines } from '../../../main/engine-choice.ts';
import { errorOf } from '../../helpers/error-of.ts';

describe('the engines of a run', () => {
  it("are Windows' own voices and eSpeak NG on Windows, and eSpeak NG elsewhere", () => {
    expect(chosenEngines({}, 'win32')).toEqual(['sapi', 'espeak']);
    expect(chosenEngines({ ASIDE_ENGINES: '' }, 'linux')).toEqual(['espeak']);
    expect(chosenEngines({}, 'darwin')).toEqual(['espeak']);
  });

  it('are those that a developer names', () => {
    expect(chosenEngines({ ASIDE_ENGINES: 'scripted, sapi' }, 'linux')).toEqual(['scripted', 'sapi']);
  });

  it('are not what is no engine', async () => {
    const error = await errorOf((async () => chosenEngines({ ASIDE_ENGINES: 'festival' }, 'linux'))());
    expect(error).toMatchObject({ code: 'engine-unavailable', remedy: expect.stringContaining('sapi') });
  });
});
