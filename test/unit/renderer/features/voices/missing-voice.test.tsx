// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { VoiceReplacement } from '../../../../../protocol/model/voice.ts';
import { MANY_VOICES } from '../../../../helpers/many-voices.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

const traits = { name: 'Hedda', language: 'de-DE' };
const settings = { voiceId: 'sapi:Hedda', voiceTraits: traits };
const [substitute = MANY_VOICES[0]] = MANY_VOICES.filter(({ language }) => language === 'de');
const replaced: VoiceReplacement = { ...traits, voiceId: 'sapi:Hedda', substituteId: substitute?.id ?? null };
const title = 'The voice “Hedda” is not here';

afterEach(endApp);

function renderWith(replacement: VoiceReplacement) {
  const state = { isBack: false };
  const list = () => ({ voices: MANY_VOICES, problems: [], ...(!state.isBack && { replacement }) });
  return renderApp({ settings, handlers: { 'voices.list': list } }).then((app) => ({ ...app, state }));
}

describe('a chosen voice that is gone', () => {
  test('is told with its substitute; the choice is kept until another is made, which ends the notice', async () => {
    const { user, services, requestsOf } = await renderWith(replaced);
    const notice = (await screen.findByText(title)).closest('[data-notice]');
    expect(notice?.textContent).toContain(`${substitute?.name} speaks in its place (German)`);
    expect(screen.getByRole('button', { name: `Voice: ${substitute?.name}` })).toBeDefined();
    expect(services.settings.store.getState()).toMatchObject(settings);

    await user.click(screen.getByRole('button', { name: 'Choose a voice' }));
    await user.type(await screen.findByRole('combobox', { name: 'Search voices' }), 'brazil{Enter}');
    await waitFor(() => expect(screen.queryByText(title)).toBeNull());
    const voiceTraits = { name: 'Portuguese (Brazil)', language: 'pt-BR' };
    await waitFor(() => expect(requestsOf('settings.save')).toEqual([{ voiceId: 'espeak:pt-br', voiceTraits }]));
  });

  test('is told when none of its language is here, and no voice is named', async () => {
    await renderWith({ ...replaced, substituteId: null });
    const notice = (await screen.findByText(title)).closest('[data-notice]');
    expect(notice?.textContent).toContain('No other voice here speaks German (Germany), so nothing is read');
    expect(screen.getByRole('button', { name: 'Voice: none' })).toBeDefined();
  });

  test('is told once, and no more when it is back', async () => {
    const { user, services, state } = await renderWith(replaced);
    await screen.findByText(title);
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    await services.voices.load();
    expect(screen.queryByText(title)).toBeNull();

    state.isBack = true;
    await services.voices.load();
    state.isBack = false;
    await services.voices.load();
    expect(await screen.findByText(title)).toBeDefined();
  });
});
