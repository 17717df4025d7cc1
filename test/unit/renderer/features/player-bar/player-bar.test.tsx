// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';
import { TONE_MS_PER_CHAR } from '../../../../helpers/tone-voice.ts';

const TEXT = 'First sentence here. Second sentence here. Third sentence here. ';
const draft = { text: TEXT, name: 'letter.txt', charIndex: 0 };
const msUntil = (text: string): number => TEXT.indexOf(text) * TONE_MS_PER_CHAR;

afterEach(endApp);

const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

/** The page with a text that is being read. */
async function reading(options: Parameters<typeof renderApp>[0] = {}) {
  const app = await renderApp({ draft, ...options });
  await app.user.click(button('Play'));
  await waitFor(() => expect(app.output.queuedMs).toBeGreaterThan(0));
  return app;
}

describe('how it is spoken', () => {
  const slider = (name: string): HTMLElement => screen.getByRole('slider', { name });

  test('a slider applies at once and is saved; reset brings back the voice’s own', async () => {
    const { user, requestsOf } = await renderApp({ draft });
    fireEvent.change(slider('Speed'), { target: { value: '15' } });
    expect(slider('Speed').getAttribute('aria-valuetext')).toBe('1.5×');
    await waitFor(() => expect(requestsOf('settings.save')).toMatchObject([{ prosody: { rate: 1.5 } }]));
    await user.click(button('Reset speed'));

    expect(slider('Speed').getAttribute('aria-valuetext')).toBe('1×');
    await waitFor(() => expect(requestsOf('settings.save')).toHaveLength(2));
  });

  test('volume goes to the player and never to main', async () => {
    const { output, requestsOf } = await reading();
    fireEvent.change(slider('Volume'), { target: { value: '20' } });
    await waitFor(() => expect(output.volume).toBe(20));
    await output.play(400);

    expect(requestsOf('speech.steer')).toEqual([]);
    expect(requestsOf('speech.play')).toMatchObject([{ prosody: { volume: 100 } }]);
  });

  test('keys change the speed, too', async () => {
    await renderApp({ draft });
    fireEvent.keyDown(document.body, { key: '>', code: 'Period', ctrlKey: true, shiftKey: true });

    await waitFor(() => expect(slider('Speed').getAttribute('aria-valuetext')).toBe('1.1×'));
  });
});

describe('what there is to read', () => {
  test('at the start it is all of the text', async () => {
    await renderApp({ draft });
    await screen.findByText(`${TEXT.length} characters, about 4 seconds`);
  });

  test('in the middle the time is said to be what is left', async () => {
    await renderApp({ draft: { ...draft, charIndex: TEXT.indexOf('Third') } });
    await screen.findByText(`${TEXT.length} characters, about 1 second left`);
  });

  test('a short selection takes a second, not none', async () => {
    const { services } = await renderApp({ draft });
    services.editor.select({ from: 0, to: 5 });
    await screen.findByText('5 characters selected, about 1 second');
  });
});

describe('the position', () => {
  test('shows time and percent, for the ear, too', async () => {
    const { output } = await reading();
    await output.play(msUntil('Second') + 100);
    const position = screen.getByRole('slider', { name: 'Position in the text' });

    await waitFor(() => expect(screen.getByTestId('elapsed').textContent).toBe('0:01'));
    expect(position.getAttribute('aria-valuetext')).toMatch(/^33 percent, 1 second heard, about \d seconds left$/u);
  });

  test('its arrow keys go by sentences while something is read', async () => {
    const { requestsOf } = await reading();
    fireEvent.keyDown(screen.getByRole('slider', { name: 'Position in the text' }), { key: 'ArrowRight' });

    await waitFor(() => expect(requestsOf('speech.steer')).toMatchObject([{ from: { sentence: 'next' } }]));
  });

  test('letting go of the handle goes on with the sentence there', async () => {
    const { requestsOf } = await reading();
    const position = screen.getByRole('slider', { name: 'Position in the text' });
    fireEvent.change(position, { target: { value: '500' } });
    expect(requestsOf('speech.steer')).toEqual([]);
    fireEvent.pointerUp(position);

    await waitFor(() =>
      expect(requestsOf('speech.steer')).toMatchObject([{ from: { charIndex: TEXT.length / 2, sentence: 'this' } }]),
    );
  });

  test('while nothing is read it is the cursor', async () => {
    const { services } = await renderApp({ draft });
    fireEvent.keyDown(screen.getByRole('slider', { name: 'Position in the text' }), { key: 'End' });

    expect(services.editor.store.getState().cursor).toBeGreaterThan(TEXT.length - 3);
  });
});
