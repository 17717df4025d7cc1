// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

const TEXT = 'Some words of mine.';
const draft = { text: TEXT, name: 'letter.txt', charIndex: 5 };
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

afterEach(endApp);

describe('commands', () => {
  test('of the native menu do what the buttons do', async () => {
    const { server, requestsOf } = await renderApp({ draft });
    server().emit('menu.chosen', { command: 'play-pause' });
    await waitFor(() => expect(requestsOf('speech.play')).toHaveLength(1));
    server().emit('menu.chosen', { command: 'shortcuts' });

    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeDefined();
  });

  test('by keys work wherever the focus is, and Escape stops', async () => {
    const { editorDom, services } = await renderApp({ draft });
    const content = editorDom().querySelector('.cm-content') as HTMLElement;
    fireEvent.keyDown(content, { key: 'Enter', code: 'Enter', ctrlKey: true });
    expect(services.playback.store.getState().state.phase).toBe('starting');
    expect(services.editor.text()).toBe(TEXT);
    fireEvent.keyDown(content, { key: 'Escape', code: 'Escape' });

    expect(services.playback.store.getState().state.phase).toBe('idle');
  });

  test('the theme is applied and saved', async () => {
    const { user, requestsOf } = await renderApp({ draft });
    await user.click(button('Settings'));
    // Without a layout, the focus trap of the popover may take what is in it for hidden.
    await user.click(await screen.findByRole('radio', { name: 'Dark', hidden: true }));

    expect(document.documentElement.dataset.theme).toBe('dark');
    await waitFor(() => expect(requestsOf('settings.save')).toEqual([{ theme: 'dark' }]));
  });
});
