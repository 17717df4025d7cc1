// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { AsideError } from '../../../../../protocol/errors.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';
import { speakTone, TONE_MS_PER_CHAR } from '../../../../helpers/tone-voice.ts';

const TEXT = 'First sentence here. Second sentence here. Third sentence here. ';
const draft = { text: TEXT, name: 'letter.txt', charIndex: 0 };
const msUntil = (text: string): number => TEXT.indexOf(text) * TONE_MS_PER_CHAR;

afterEach(endApp);

const player = (): HTMLElement => screen.getByRole('region', { name: 'Player' });
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });
const announced = (): string | null => screen.getByTestId('announcements').textContent;

/** The page with a text that is being read. */
async function reading(options: Parameters<typeof renderApp>[0] = {}) {
  const app = await renderApp({ draft, ...options });
  await app.user.click(button('Play'));
  await waitFor(() => expect(app.output.queuedMs).toBeGreaterThan(0));
  return app;
}

describe('playing', () => {
  test('reads the text, lights up the word that is heard, and says so once', async () => {
    const { output, editorDom } = await reading();
    await output.play(msUntil('here') + 40);

    expect(player().dataset.playback).toBe('playing');
    expect(button('Pause')).toBeDefined();
    expect(editorDom().dataset.spokenFrom).toBe(String(TEXT.indexOf('here')));
    expect(editorDom().querySelector('.spoken-word')?.textContent).toBe('here');
    expect(editorDom().querySelector('.spoken-sentence')?.textContent).toContain('First sentence here.');
    expect(announced()).toBe('Reading');
  });

  test('is told once, although its end becomes known while it still starts', async () => {
    const { output, services } = await reading();
    const { playback, announcer } = services;
    await waitFor(() => expect(playback.store.getState().state).toMatchObject({ phase: 'starting', ending: {} }));
    await output.play(40);

    expect(player().dataset.playback).toBe('playing');
    expect(announcer.store.getState()).toEqual({ message: 'Reading', count: 1 });
  });

  test('finishes with the cursor where it was, the highlight gone and the sound accounted for', async () => {
    const { output, services, editorDom } = await reading();
    await output.play(TEXT.length * TONE_MS_PER_CHAR + 100);
    await waitFor(() => expect(player().dataset.playback).toBe('finished'));

    expect(services.editor.store.getState().cursor).toBe(0);
    expect(editorDom().querySelector('.spoken-word')).toBeNull();
    expect(Number(player().dataset.playedMs)).toBe(Math.round(TEXT.length * TONE_MS_PER_CHAR));
    expect(announced()).toBe('Finished');
  });

  test('pause and resume are one button', async () => {
    const { output, user } = await reading();
    await output.play(500);
    await user.click(button('Pause'));
    expect(player().dataset.playback).toBe('paused');
    expect(announced()).toBe('Paused');
    await user.click(button('Resume'));
    await output.play(40);

    expect(player().dataset.playback).toBe('playing');
  });

  test('stop leaves the cursor at the word that was heard, and the next play starts there', async () => {
    const { output, user, services, requestsOf } = await reading();
    await output.play(msUntil('Second') + 40);
    await user.click(button('Stop'));
    expect(services.editor.store.getState().cursor).toBe(TEXT.indexOf('Second'));
    await user.click(button('Play'));

    await waitFor(() =>
      expect(requestsOf('speech.steer')).toMatchObject([{ from: { charIndex: TEXT.indexOf('Second') } }]),
    );
  });

  test('stop leaves a cursor alone that the user has put elsewhere meanwhile', async () => {
    const { output, user, services } = await reading();
    await output.play(msUntil('Second') + 40);
    services.editor.moveCursor(3);
    await user.click(button('Stop'));

    expect(services.editor.store.getState().cursor).toBe(3);
  });

  test('reads only the selection when there is one', async () => {
    const { user, services, requestsOf } = await renderApp({ draft });
    services.editor.select({ from: 6, to: 14 });
    await user.click(await screen.findByRole('button', { name: 'Play the selection' }));

    await waitFor(() => expect(requestsOf('speech.play')).toMatchObject([{ startIndex: 6, endIndex: 14 }]));
  });

  test('goes on with the text it was given while the user edits, and says that', async () => {
    const { output, services, editorDom } = await reading();
    await output.play(40);
    services.editor.view.dispatch({ changes: { from: 0, insert: 'New words. ' } });
    await output.play(msUntil('sentence') + 40);

    expect(editorDom().querySelector('.spoken-word')?.textContent).toBe('sentence');
    expect(editorDom().dataset.spokenFrom).toBe(String('New words. '.length + TEXT.indexOf('sentence')));
    await within(player()).findByText('Your edits are heard at the next Play');
  });

  test('next and previous move by sentences', async () => {
    const { output, user, editorDom } = await reading();
    await output.play(200);
    await user.click(button('Next sentence'));
    await waitFor(() => expect(editorDom().dataset.sentenceFrom).toBe(String(TEXT.indexOf('Second'))));
    await user.click(button('Previous sentence'));

    await waitFor(() => expect(editorDom().dataset.sentenceFrom).toBe('0'));
  });

  test('says that there is nothing to read instead of asking main', async () => {
    const { user, requestsOf } = await renderApp({ draft: { ...draft, text: '  \n' } });
    await user.click(button('Play'));

    expect(await screen.findByText('There is nothing to read yet')).toBeDefined();
    expect(requestsOf('speech.play')).toEqual([]);
  });
});

describe('when speech fails', () => {
  const died = () =>
    new AsideError('host-exited', 'The host died.', {
      details: { pid: 1, exitCode: null, signal: 'SIGSEGV', request: 'utterance.speak', stderrTail: [] },
      remedy: 'Try another voice.',
    });

  test('what was buffered is heard, then the text that did it is selected and the error says what to do', async () => {
    const { output, services } = await reading({
      speak: (call) => ((call.params.text as string).includes('Second') ? Promise.reject(died()) : speakTone(call)),
    });
    await output.play(TEXT.length * TONE_MS_PER_CHAR);
    const alert = await screen.findByRole('alert');

    expect(services.playback.store.getState().sound.playedMs).toBeCloseTo(msUntil('Second'), 0);
    expect(services.editor.store.getState().selection?.from).toBe(TEXT.indexOf('Second'));
    expect(alert.textContent?.length).toBeGreaterThan(20);
    expect(player().dataset.playback).toBe('failed');
  });

  test('a host that was replaced is a note that does not interrupt', async () => {
    let deaths = 0;
    const { output } = await reading({
      speak: (call) => {
        if (!(call.params.text as string).includes('Second') || deaths > 0) return speakTone(call);
        deaths += 1;
        return Promise.reject(died());
      },
    });
    await output.play(msUntil('Second') + 100);

    expect(screen.getByText('The voice process died and was replaced')).toBeDefined();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(player().dataset.playback).toBe('playing');
  });

  test('a browser that holds back the sound is explained, with a button that starts it', async () => {
    const { output, user } = await reading();
    output.trouble({ kind: 'blocked' });
    await user.click(await screen.findByRole('button', { name: 'Start the sound' }));
    await output.play(100);

    expect(player().dataset.playback).toBe('playing');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Start the sound' })).toBeNull());
  });
});
