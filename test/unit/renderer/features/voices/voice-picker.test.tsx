// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { AsideError, toWireError } from '../../../../../protocol/errors.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

const draft = { text: 'Some words of mine.', name: 'letter.txt', charIndex: 5 };
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

afterEach(endApp);

describe('voices', () => {
  test('are found by typing and chosen by keyboard; the choice is saved and shown', async () => {
    const { user, requestsOf } = await renderApp({ draft });
    await user.click(button(/^Voice/u));
    const search = await screen.findByRole('combobox', { name: 'Search voices' });
    await user.type(search, 'brazil');
    await screen.findByRole('option', { name: /^Portuguese \(Brazil\)/u });
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await user.keyboard('{Enter}');

    await waitFor(() => expect(button('Voice: Portuguese (Brazil)')).toBeDefined());
    const voiceTraits = { name: 'Portuguese (Brazil)', language: 'pt-BR' };
    await waitFor(() => expect(requestsOf('settings.save')).toEqual([{ voiceId: 'espeak:pt-br', voiceTraits }]));
  });

  test('that nobody finds say so', async () => {
    const { user } = await renderApp({ draft });
    await user.click(button(/^Voice/u));
    await user.type(await screen.findByRole('combobox', { name: 'Search voices' }), 'klingon');

    expect(await screen.findByText(/No voice is called “klingon”/u)).toBeDefined();
  });

  test('that cannot be listed say why, and can be tried again', async () => {
    const none = new AsideError('engine-unavailable', 'No engine works here.', {
      details: { engine: 'espeak' },
      remedy: 'Install eSpeak NG.',
    });
    let isThere = false;
    const { user } = await renderApp({
      draft,
      handlers: { 'voices.list': () => (isThere ? { voices: [], problems: [] } : Promise.reject(none)) },
    });
    await user.click(button(/^Voice/u));
    await screen.findByText('No engine works here.');
    expect(screen.getByText('Install eSpeak NG.')).toBeDefined();
    isThere = true;
    // Without a layout, the focus trap of the popover may take what is in it for hidden.
    await user.click(screen.getByRole('button', { name: 'Retry', hidden: true }));

    expect(await screen.findByRole('combobox', { name: 'Search voices', hidden: true })).toBeDefined();
  });

  test('of an engine that does not work are explained below the others, and can be tried again', async () => {
    const problem = toWireError(
      new AsideError('engine-unavailable', 'SAPI is not here.', {
        details: { engine: 'sapi' },
        remedy: 'Use Windows.',
      }),
    );
    let isThere = false;
    const { user, requestsOf } = await renderApp({
      draft,
      handlers: { 'voices.list': () => ({ voices: [], problems: isThere ? [] : [problem] }) },
    });
    await user.click(button(/^Voice/u));

    expect((await screen.findByText('SAPI is not here.')).parentElement?.textContent).toContain('Use Windows.');
    isThere = true;
    await user.click(screen.getByRole('button', { name: 'Retry', hidden: true }));
    await waitFor(() => expect(screen.queryByText('SAPI is not here.')).toBeNull());
    expect(requestsOf('hosts.retry')).toHaveLength(1);
  });

  test('that are installed and of no use are named below the others, those of one reason together', async () => {
    const unusable = ['Old Ann', 'Old Bob'].map((name) => ({ name, engine: 'sapi' as const, reason: 'For 32 bits.' }));
    const { user } = await renderApp({
      draft,
      handlers: { 'voices.list': () => ({ voices: [], problems: [], unusable }) },
    });
    await user.click(button(/^Voice/u));

    const told = await screen.findByText('Not usable here: Old Ann, Old Bob.');
    expect(told.parentElement?.textContent).toContain('For 32 bits.');
  });
});
