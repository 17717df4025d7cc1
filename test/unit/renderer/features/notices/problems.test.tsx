// @vitest-environment happy-dom
import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { AsideError, toWireError } from '../../../../../protocol/errors.ts';
import type { HostStatus } from '../../../../../protocol/model/host-status.ts';
import { hostStatus } from '../../../../fixtures/contracts/model-samples.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

const TEXT = 'Some words of mine.';
const draft = { text: TEXT, name: 'letter.txt', charIndex: 5 };
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

afterEach(endApp);

describe('what goes wrong elsewhere', () => {
  const host: HostStatus = {
    ...hostStatus,
    pid: null,
    state: 'gave-up',
    request: null,
    lastError: toWireError(
      new AsideError('host-gave-up', 'It ended five times.', {
        details: { engine: 'espeak', restarts: 5, lastError: '' },
        remedy: 'Press Retry.',
      }),
    ),
  };

  test('hosts that gave up are a banner with a retry, gone when they are back', async () => {
    const { user, server, requestsOf } = await renderApp({ draft });
    server().emit('hosts.changed', { hosts: [host] });
    await screen.findByText('The voice stopped working and does not start again');
    await user.click(button('Retry'));
    await waitFor(() => expect(requestsOf('hosts.retry')).toHaveLength(1));
    server().emit('hosts.changed', { hosts: [{ ...host, state: 'ready' }] });

    await waitFor(() => expect(screen.queryByText('The voice stopped working and does not start again')).toBeNull());
  });

  test('an engine that cannot run here is no banner while another has a host, and one when none has', async () => {
    const unavailable = new AsideError('engine-unavailable', 'No .NET.', { details: { engine: 'sapi' } });
    const sapi: HostStatus = { ...host, engine: 'sapi', lastError: toWireError(unavailable) };
    const { server } = await renderApp({ draft });
    server().emit('hosts.changed', { hosts: [sapi] });
    await screen.findByText('No .NET.');
    server().emit('hosts.changed', { hosts: [sapi, { ...hostStatus, engine: 'espeak' }] });

    await waitFor(() => expect(screen.queryByText('No .NET.')).toBeNull());
  });

  test('a lost connection is a banner; reconnecting saves what was typed meanwhile', async () => {
    const { user, services, breakConnection, main } = await renderApp({ draft });
    breakConnection();
    await screen.findByText('Aside has ended.');
    services.editor.view.dispatch({ changes: { from: 0, insert: 'Meanwhile: ' } });
    await user.click(button('Reconnect'));

    await waitFor(() => expect(screen.queryByText('Aside has ended.')).toBeNull());
    await waitFor(() => expect(main.saved.draft.text).toBe(`Meanwhile: ${TEXT}`));
  });

  test('a reading that the lost connection stops is not told a second time', async () => {
    const { user, services, output, breakConnection } = await renderApp({ draft });
    await user.click(button('Play'));
    await waitFor(() => expect(output.queuedMs).toBeGreaterThan(0));
    breakConnection();
    await output.play(60_000);

    await waitFor(() => expect(services.playback.store.getState().state.phase).toBe('failed'));
    expect(screen.getAllByText('Aside has ended.')).toHaveLength(1);
  });

  test('a setting that could not be read is told, with what to do', async () => {
    const notice = toWireError(
      new AsideError('file', 'settings.json was damaged.', {
        details: { path: 'settings.json', reason: 'corrupt' },
        remedy: 'It was set aside.',
      }),
    );
    await renderApp({ draft, notices: [notice] });

    expect(screen.getByRole('alert').textContent).toContain('settings.json was damaged.');
  });

  test('a problem that main raises is told', async () => {
    const { server } = await renderApp({ draft });
    server().emit('problem.raised', {
      code: 'file',
      message: '“x.txt” is gone.',
      remedy: 'Open another.',
      details: { path: 'x', reason: 'ENOENT' },
    });

    expect((await screen.findByRole('alert')).textContent).toContain('“x.txt” is gone.');
  });
});
