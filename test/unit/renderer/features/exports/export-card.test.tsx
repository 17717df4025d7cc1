// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { createDeferred } from '../../../../../protocol/contract/deferred.ts';
import { AsideError } from '../../../../../protocol/errors.ts';
import type { ExportResult } from '../../../../../protocol/model/export.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

const draft = { text: 'Some words of mine.', name: 'letter.txt', charIndex: 5 };
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
          context.progress(progress);
          context.signal.addEventListener('abort', () => aborted.resolve());
          await aborted.promise;
          return { kind: 'declined' };
        },
      },
    });
    await user.click(button('Export as an audio file'));
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
          for (const charsDone of [10, 240, 260, 270, 490]) context.progress({ ...progress, charsDone });
          return steps.promise;
        },
      },
    });
    await user.click(button('Export as an audio file'));
    await waitFor(() => expect(card().textContent).toContain('49 %'));

    expect(screen.getByTestId('announcements').textContent).toBe('Export: 25 percent');
    steps.resolve({ kind: 'declined' });
  });

  test('in a browser the finished file is offered as a download', async () => {
    const result = { kind: 'saved', path: 'x', downloadPath: '/download/1/a.wav', durationMs: 9, bytes: 9 } as const;
    const { user } = await renderApp({ draft, handlers: { 'export.start': () => result } });
    await user.click(button('Export as an audio file'));
    const link = await screen.findByRole('link', { name: 'Download again' });

    expect(link.getAttribute('href')).toBe('/download/1/a.wav');
    expect(link.getAttribute('download')).toBe('letter.wav');
  });

  test('in a window the finished file is shown in its folder', async () => {
    const result = { kind: 'saved', path: '/home/a/b.wav', downloadPath: null, durationMs: 9, bytes: 9 } as const;
    const { user, requestsOf } = await renderApp({
      draft,
      hasDialogs: true,
      handlers: { 'export.start': () => result },
    });
    await user.click(button('Export as an audio file'));
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
    await user.click(button('Export as an audio file'));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The disk is full.Free some space.');
    await user.click(button('Try again'));

    await waitFor(() => expect(requestsOf('export.start')).toHaveLength(2));
  });

  test('takes the selection when there is one', async () => {
    const { user, services, requestsOf } = await renderApp({ draft });
    services.editor.select({ from: 5, to: 10 });
    await user.click(await screen.findByRole('button', { name: 'Export the selection as an audio file' }));

    await waitFor(() => expect(requestsOf('export.start')).toMatchObject([{ text: 'words' }]));
  });
});
