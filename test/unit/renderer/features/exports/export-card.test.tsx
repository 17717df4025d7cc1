// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { createDeferred } from '../../../../../protocol/contract/deferred.ts';
import { AsideError } from '../../../../../protocol/errors.ts';
import type { ExportOutput, ExportResult } from '../../../../../protocol/model/export.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

const draft = { text: 'Some words of mine.', name: 'letter.txt', charIndex: 5 };
const saved = (...outputs: ExportOutput[]): ExportResult => ({ kind: 'saved', outputs, durationMs: 9, bytes: 9 });
/** As somebody does who is content with what was chosen before. */
async function exportIt(user: UserEvent, label = 'Export as an audio file'): Promise<void> {
  await user.click(await screen.findByRole('button', { name: label }));
  await user.keyboard('{Enter}');
}
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

afterEach(endApp);

describe('export', () => {
  const card = (): HTMLElement => screen.getByRole('region', { name: 'Export' });
  const progress = { charsDone: 430, charsTotal: 1_000, audioMs: 90_000, timesRealTime: 84.2, remainingMs: 12_000 };

  test('shows how far it is, how fast, and how long it will take; cancelling ends it', async () => {
    const aborted = createDeferred<void>();
    const { user } = await renderApp({
      draft,
      handlers: {
        'export.start': async (_, context) => {
          context.progress({ progress, littleRoom: null });
          context.signal.addEventListener('abort', () => aborted.resolve());
          await aborted.promise;
          return { kind: 'declined' };
        },
      },
    });
    await exportIt(user);
    await waitFor(() => expect(card().textContent).toContain('43 % · 84× real time · 12 seconds left'));
    await user.click(within(card()).getByRole('button', { name: 'Cancel' }));
    await aborted.promise;

    await waitFor(() => expect(screen.queryByRole('region', { name: 'Export' })).toBeNull());
  });

  test('tells a screen reader at a quarter, a half and three quarters, not at every percent', async () => {
    const steps = createDeferred<ExportResult>();
    const { user } = await renderApp({
      draft,
      handlers: {
        'export.start': (_, context) => {
          for (const charsDone of [10, 240, 260, 270, 490])
            context.progress({ progress: { ...progress, charsDone }, littleRoom: null });
          return steps.promise;
        },
      },
    });
    await exportIt(user);
    await waitFor(() => expect(card().textContent).toContain('49 %'));

    expect(screen.getByTestId('announcements').textContent).toBe('Export: 25 percent');
    steps.resolve({ kind: 'declined' });
  });

  test('in a browser the finished file is offered as a download', async () => {
    const result = saved({ name: 'letter.wav', path: 'x', downloadPath: '/download/1/a.wav' });
    const { user } = await renderApp({ draft, handlers: { 'export.start': () => result } });
    await exportIt(user);
    const link = await screen.findByRole('link', { name: 'Download again' });

    expect(link.getAttribute('href')).toBe('/download/1/a.wav');
    expect(link.getAttribute('download')).toBe('letter.wav');
  });

  test('in a window the finished file is shown in its folder', async () => {
    const result = saved({ name: 'b.wav', path: '/home/a/b.wav', downloadPath: null });
    const { user, requestsOf } = await renderApp({
      draft,
      hasDialogs: true,
      handlers: { 'export.start': () => result },
    });
    await exportIt(user);
    await user.click(await screen.findByRole('button', { name: 'Show in folder' }));

    expect(card().textContent).toContain('/home/a/b.wav');
    await waitFor(() => expect(requestsOf('export.reveal')).toEqual([{ path: '/home/a/b.wav' }]));
  });

  test('that fails says why and what to do, and can be tried again', async () => {
    const full = new AsideError('file', 'The disk is full.', {
      details: { path: 'b.wav', reason: 'ENOSPC' },
      remedy: 'Free some space.',
    });
    const { user, requestsOf } = await renderApp({ draft, handlers: { 'export.start': () => Promise.reject(full) } });
    await exportIt(user);
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The disk is full.Free some space.');
    await user.click(button('Try again'));

    await waitFor(() => expect(requestsOf('export.start')).toHaveLength(2));
  });

  test('takes the selection when there is one', async () => {
    const { user, services, requestsOf } = await renderApp({ draft });
    services.editor.select({ from: 5, to: 10 });
    await exportIt(user, 'Export the selection as an audio file');

    await waitFor(() => expect(requestsOf('export.start')).toMatchObject([{ text: 'words' }]));
  });

  test('asks what becomes of the text, with what was chosen before, and makes that', async () => {
    const { user, main, requestsOf, services } = await renderApp({ draft });
    await user.click(button('Export as an audio file'));
    expect(card().textContent).toContain('Export “letter”');
    expect(document.activeElement?.textContent).toBe('Export');
    await user.selectOptions(within(card()).getByRole('combobox', { name: 'Format' }), 'MP3');
    await user.selectOptions(await within(card()).findByRole('combobox', { name: 'Quality' }), '128 kbit/s');
    await user.selectOptions(within(card()).getByRole('combobox', { name: 'Subtitles' }), 'SRT');
    await user.click(within(card()).getByRole('button', { name: 'Export' }));
    await waitFor(() => expect(requestsOf('export.start')).toHaveLength(1));

    const { voiceId, prosody } = services.settings.store.getState();
    expect(requestsOf('export.start')).toEqual([{ text: draft.text, voiceId, prosody, title: 'letter' }]);
    expect(main.queue.state().choices).toMatchObject({
      format: { kind: 'mp3', bitrateKbps: 128, quality: null },
      timedText: 'srt',
    });
  });

  test('comes back to the question when it is asked for again from the text', async () => {
    const { user, services } = await renderApp({ draft });
    await user.click(button('Export as an audio file'));
    services.editor.focus();
    expect(document.activeElement?.textContent).not.toBe('Export');
    services.commands.export();
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Export'));
  });

  test('is given up with Escape before it begins, and the focus goes back', async () => {
    const { user, requestsOf } = await renderApp({ draft });
    await user.click(button('Export as an audio file'));
    await user.keyboard('{Escape}');

    await waitFor(() => expect(screen.queryByRole('region', { name: 'Export' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(button('Export as an audio file')));
    expect(requestsOf('export.start')).toEqual([]);
  });

  test('tells that the disk will not do while it runs, also a screen reader', async () => {
    const end = createDeferred<ExportResult>();
    const littleRoom = { neededBytes: 300_000_000, othersBytes: 0, freeBytes: 120_000_000 };
    const { user } = await renderApp({
      draft,
      handlers: {
        'export.start': (_, context) => {
          context.progress({ progress: null, littleRoom });
          return end.promise;
        },
      },
    });
    await exportIt(user);
    const warning = 'Still needs about 300.0 MB, and 120.0 MB are free: free some space';
    await waitFor(() => expect(card().textContent).toContain(warning));
    expect(screen.getByTestId('announcements').textContent).toBe(`Export: ${warning}`);
    end.resolve({ kind: 'declined' });
  });

  test('of several files a browser is given none by itself: each can be downloaded', async () => {
    const result = saved(
      { name: 'letter.mp3', path: 'x', downloadPath: '/download/1/letter.mp3' },
      { name: 'letter.srt', path: 'y', downloadPath: '/download/1/letter.srt' },
    );
    const { user } = await renderApp({ draft, handlers: { 'export.start': () => result } });
    await exportIt(user);

    const link = await screen.findByRole('link', { name: 'letter.srt' });
    expect(link.getAttribute('download')).toBe('letter.srt');
    expect(card().textContent).toContain('2 files are ready');
  });
});
