// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { textOfBytes } from '../../../../../main/exports/queued-text.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

afterEach(endApp);

const panel = (): HTMLElement => screen.getByRole('region', { name: 'Export queue' });
const button = (name: string): HTMLElement => within(panel()).getByRole('button', { name });
const rows = (): string[] =>
  within(panel())
    .getAllByRole('listitem')
    .map((row) => row.textContent ?? '');
const text = (name: string) => textOfBytes(name, '', new Uint8Array([65]));

/** The app with the queue open and two texts in it. */
async function openQueue(options: Parameters<typeof renderApp>[0] = {}) {
  const app = await renderApp(options);
  app.main.queue.add([text('one.txt'), text('two.txt')]);
  await app.user.click(screen.getByRole('button', { name: 'Export queue' }));
  await waitFor(() => expect(rows()).toHaveLength(2));
  return app;
}

describe('the export queue', () => {
  test('is made with the voice and manner of the settings, and offers what became of each', async () => {
    const { user, requestsOf, services } = await openQueue();
    await user.click(button('Start'));
    await waitFor(() => expect(panel().textContent).toContain('2 made'));

    const { voiceId, prosody } = services.settings.store.getState();
    expect(requestsOf('exports.start')).toEqual([{ voiceId, prosody }]);
    expect(within(panel()).getByRole('link', { name: 'Download one.wav' }).getAttribute('href')).toBe(
      '/download/1/one.wav',
    );
    expect(rows()[0]).toContain('1 minute of audio · WAV · 2.6 MB');
    await user.click(button('Clear finished'));
    await waitFor(() => expect(panel().textContent).toContain('Add texts and folders'));
  });

  test('in a window shows what it made in its folder', async () => {
    const { user, requestsOf } = await openQueue({ hasDialogs: true });
    await user.click(button('Start'));
    await user.click(await screen.findByRole('button', { name: 'Show one.txt in its folder' }));
    await waitFor(() => expect(requestsOf('exports.reveal')).toEqual([{ id: 1 }]));
    expect(panel().textContent).toContain('/audio');
  });

  test('tells why an item failed and what to do, and tries it again', async () => {
    const { user, main } = await openQueue({ makeExport: () => Promise.reject(new Error('a defect')) });
    await user.click(button('Start'));
    await waitFor(() => expect(rows()[0]).toContain('Aside has a defect: a defect.'));
    await user.click(button('Retry failed'));
    await waitFor(() =>
      expect(main.queue.state().items.map(({ state }) => state.kind)).toEqual(['waiting', 'waiting']),
    );
  });

  test('has the quality of the format that is chosen', async () => {
    const { user, main } = await openQueue();
    expect(within(panel()).queryByRole('combobox', { name: 'Quality' })).toBeNull();
    await user.selectOptions(within(panel()).getByRole('combobox', { name: 'Format' }), 'MP3');
    await user.selectOptions(await within(panel()).findByRole('combobox', { name: 'Quality' }), '96 kbit/s');
    await user.selectOptions(within(panel()).getByRole('combobox', { name: 'Parts' }), 'Every 30 minutes');
    await user.selectOptions(within(panel()).getByRole('combobox', { name: 'Subtitles' }), 'WebVTT');
    await waitFor(() =>
      expect(main.queue.state().choices).toEqual({
        format: { kind: 'mp3', bitrateKbps: 96, quality: null },
        split: { by: 'duration', maxMs: 1_800_000 },
        timedText: 'vtt',
      }),
    );
  });

  test('names what each item becomes before it is made, and anew when something else is chosen', async () => {
    const { user, main } = await openQueue();
    expect(rows()[0]).toContain('Waiting · WAV');
    await user.selectOptions(within(panel()).getByRole('combobox', { name: 'Format' }), 'MP3');
    await user.selectOptions(within(panel()).getByRole('combobox', { name: 'Subtitles' }), 'SRT');
    await waitFor(() => expect(rows()[0]).toContain('Waiting · MP3, SRT'));
    main.queue.cancel(1);
    await waitFor(() => expect(rows()[0]).toContain('Cancelled · MP3, SRT'));
  });

  test('takes the room of the processes, and gives it back to them', async () => {
    const { user } = await openQueue();
    await user.click(screen.getByRole('button', { name: 'Processes' }));
    expect(screen.queryByRole('region', { name: 'Export queue' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Export queue' }));
    expect(screen.queryByRole('region', { name: 'Processes' })).toBeNull();
  });
});
