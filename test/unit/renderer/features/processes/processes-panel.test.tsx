// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AppContract } from '../../../../../protocol/contract/app-contract.ts';
import type { Handlers } from '../../../../../protocol/contract/serve.ts';
import { AsideError } from '../../../../../protocol/errors.ts';
import type { HostStatus } from '../../../../../protocol/model/host-status.ts';
import type { ProcessesReport } from '../../../../../protocol/model/processes.ts';
import { hostExit, hostStatus, installation, processesReport } from '../../../../fixtures/contracts/model-samples.ts';
import type { FakeMainOptions } from '../../../../helpers/fake-main.ts';
import { endApp, renderApp } from '../../../../helpers/render-app.tsx';

afterEach(() => {
  endApp();
  vi.unstubAllGlobals();
});

interface Watch {
  readonly signal: AbortSignal;
  tell(report?: Partial<ProcessesReport>): void;
}

/** The page with its processes shown, and the watches that it has asked main for, the latest last. */
async function openProcesses(handlers: Partial<Handlers<AppContract>> = {}, options: FakeMainOptions = {}) {
  const watches: Watch[] = [];
  const app = await renderApp({
    ...options,
    handlers: {
      'processes.watch': (_, { signal, progress }) => {
        watches.push({ signal, tell: (report) => progress({ ...processesReport, ...report }) });
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve({})));
      },
      ...handlers,
    },
  });
  press('F2');
  await screen.findByRole('region', { name: 'Processes' });
  return { ...app, watches, last: () => watches.at(-1) as Watch };
}

function press(key: string, target: Element = document.activeElement ?? document.body): void {
  fireEvent.keyDown(target, { key, code: key });
}

const panel = (): HTMLElement | null => screen.queryByRole('region', { name: 'Processes' });
const row = async (name: RegExp): Promise<HTMLElement> =>
  within(await screen.findByRole('region', { name: 'All processes' })).findByRole('row', { name });
const cells = (of: HTMLElement): (string | null)[] =>
  within(of)
    .getAllByRole('cell')
    .map((cell) => cell.textContent);

const free: HostStatus = {
  ...hostStatus,
  pid: 5_000,
  request: null,
  requestAgeMs: null,
  lastExit: null,
  lastError: null,
};

describe('opening and closing', () => {
  test('F2 opens the view and moves the focus there, Escape closes it and gives the focus back', async () => {
    const { last, watches, editorDom } = await openProcesses();
    expect(panel()).toBe(document.activeElement);
    await waitFor(() => expect(watches).toHaveLength(1));
    press('Escape');
    expect(panel()).toBeNull();
    await waitFor(() => expect(last().signal.aborted).toBe(true));
    expect(editorDom().isConnected).toBe(true);
  });

  test('the button of the header opens it, says so, and has the focus again after it was closed by its own', async () => {
    const { user } = await renderApp();
    const open = screen.getByRole('button', { name: 'Processes' });
    await user.click(open);
    expect(open.getAttribute('aria-expanded')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Close the processes' }));
    expect([panel(), open.getAttribute('aria-expanded')]).toEqual([null, 'false']);
    await waitFor(() => expect(document.activeElement).toBe(open));
  });

  test('Escape inside closes it and does not stop the reading, the next one does', async () => {
    const { services } = await openProcesses({}, { draft: { text: 'Some words of mine.' } });
    const phase = (): string => services.playback.store.getState().state.phase;
    fireEvent.keyDown(document.body, { key: 'Enter', code: 'Enter', ctrlKey: true });
    expect(phase()).toBe('starting');
    press('Escape');
    expect([panel(), phase()]).toEqual([null, 'starting']);
    press('Escape', document.body);
    expect(phase()).toBe('idle');
  });

  test('main measures nothing before, and nothing after', async () => {
    const { requestsOf, last, watches } = await openProcesses();
    await waitFor(() => expect(watches).toHaveLength(1));
    press('F2');
    await waitFor(() => expect(last().signal.aborted).toBe(true));
    press('F2');
    await waitFor(() => expect(requestsOf('processes.watch')).toHaveLength(2));
  });

  test('nor while the page cannot be seen', async () => {
    const { last, watches } = await openProcesses();
    await waitFor(() => expect(watches).toHaveLength(1));
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    fireEvent(document, new Event('visibilitychange'));
    await waitFor(() => expect(last().signal.aborted).toBe(true));
    visibility.mockReturnValue('visible');
    fireEvent(document, new Event('visibilitychange'));
    await waitFor(() => expect(watches).toHaveLength(2));
    visibility.mockRestore();
  });
});

describe('what is shown', () => {
  test('that one has to wait, until the first report', async () => {
    const { last, watches } = await openProcesses();
    expect(screen.getByText('Looking at the processes…')).toBeDefined();
    await waitFor(() => expect(watches).toHaveLength(1));
    last().tell();
    await row(/^Main process/);
    expect(screen.queryByText('Looking at the processes…')).toBeNull();
  });

  test('main, page and each host, with what they do and take', async () => {
    const { last, watches } = await openProcesses();
    await waitFor(() => expect(watches).toHaveLength(1));
    last().tell({ hosts: [hostStatus, free], page: null });
    expect(cells(await row(/^Main process/)).slice(0, 4)).toEqual(['4700', 'Delay1.5 ms', '1.5 %', '85.8 MB']);
    expect(cells(await row(/^Page/))[0]).toBe('–A browser does not tell its pages');
    const busy = await row(/4711/);
    expect(within(busy).getByRole('rowheader').textContent).toBe('VoiceeSpeak NG');
    const values = ['4711', 'Speaking1.2 s', '25.0 %', '61.0 MB', '12', '1', 'CrashedSIGSEGV, 12 s ago', ''];
    expect(cells(busy)).toEqual(values);
    expect(cells(await row(/5000/)).slice(1, 2)).toEqual(['Ready']);
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toContain('Last end');
  });

  test('that there is no host, and why', async () => {
    const { last, watches } = await openProcesses();
    await waitFor(() => expect(watches).toHaveLength(1));
    last().tell({ hosts: [{ ...free, pid: null, state: 'idle' }], exits: [] });
    expect(await screen.findByText('No voice process. One is started when there is something to say.')).toBeDefined();
    expect(screen.queryByRole('region', { name: 'Ended lately' })).toBeNull();
  });

  test('the hosts that ended, also those without a successor', async () => {
    const { last, watches } = await openProcesses();
    await waitFor(() => expect(watches).toHaveLength(1));
    last().tell({ hosts: [], exits: [{ ...hostExit, engine: 'espeak' }] });
    const ended = within(await screen.findByRole('region', { name: 'Ended lately' })).getByRole('listitem');
    expect(ended.textContent).toBe('12 s ago4710 eSpeak NGCrashed while speaking (SIGSEGV)');
  });

  test('the delays as a picture, and as a table for those who do not see it', async () => {
    const { last, watches } = await openProcesses();
    await waitFor(() => expect(watches).toHaveLength(1));
    last().tell({ atMs: 1_000, spanMs: 500, mainDelayMs: 1.5, blockedMs: 500 });
    last().tell({ atMs: 1_500, spanMs: 500, mainDelayMs: 7, blockedMs: 0 });
    await waitFor(() =>
      expect(cells(within(table()).getByRole('row', { name: /^Main/ }))).toEqual(['7.0 ms', '1.5 ms', '7.0 ms']),
    );
    expect(within(table()).getByText(/^0.5 of 1.0 s$/)).toBeDefined();
    const picture = screen.getByRole('img', { name: /^Delay of main process and page/ });
    expect(picture.getAttribute('aria-describedby')).toBe(table().id);
  });

  const table = (): HTMLElement => screen.getByRole('table', { name: /^Longest delay in the last minute/ });

  test('a failure, with a way to try again', async () => {
    let isBroken = true;
    const { user } = await openProcesses({
      'processes.watch': (_, { progress, signal }) => {
        if (isBroken) throw new AsideError('refused', 'No.', { details: { reason: 'x' }, remedy: 'Wait a little.' });
        progress(processesReport);
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve({})));
      },
    });
    expect((await screen.findByRole('alert')).textContent).toContain('No. Wait a little.');
    isBroken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await row(/^Main process/);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('that the connection is gone, with the last numbers, and new ones when it is back', async () => {
    const { last, watches, breakConnection, services } = await openProcesses();
    await waitFor(() => expect(watches).toHaveLength(1));
    last().tell({ hosts: [free] });
    await row(/5000/);
    breakConnection();
    expect(await screen.findByText(/^Not connected to Aside/)).toBeDefined();
    const end = screen.getByRole('button', { name: 'End voice process 5000' });
    expect(end.getAttribute('aria-disabled')).toBe('true');
    await services.link.reconnect();
    await waitFor(() => expect(watches).toHaveLength(2));
    expect(screen.queryByText(/^Not connected to Aside/)).toBeNull();
  });
});

describe('what can be done', () => {
  async function openWithHost(handlers: Partial<Handlers<AppContract>> = {}) {
    const app = await openProcesses(handlers);
    await waitFor(() => expect(app.watches).toHaveLength(1));
    app.last().tell({ hosts: [free] });
    await row(/5000/);
    return app;
  }

  test('a host is ended or restarted by its own button; the focus stays in the table', async () => {
    const { user, requestsOf } = await openWithHost();
    await user.click(screen.getByRole('button', { name: 'End voice process 5000' }));
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'All processes' }));
    await user.click(screen.getByRole('button', { name: 'Restart voice process 5000' }));
    await waitFor(() => expect(requestsOf('hosts.restart')).toEqual([{ pid: 5_000 }]));
    expect(requestsOf('hosts.end')).toEqual([{ pid: 5_000 }]);
    await waitFor(() => expect(screen.getByTestId('announcements').textContent).toBe('Voice process 5000 is replaced'));
  });

  test('a host that is no longer there is told as a notice', async () => {
    const { user } = await openWithHost({
      'hosts.end': () => {
        throw new AsideError('refused', 'There is none.', { details: { reason: 'no-such-host' } });
      },
    });
    await user.click(screen.getByRole('button', { name: 'End voice process 5000' }));
    expect(await screen.findByText('There is none.')).toBeDefined();
  });

  test('one that was given up is tried again', async () => {
    const { user, last, requestsOf } = await openWithHost();
    last().tell({ hosts: [{ ...free, pid: null, state: 'gave-up' }] });
    const given = await row(/Given up/);
    await user.click(within(given).getByRole('button', { name: 'Retry' }));
    await waitFor(() => expect(requestsOf('hosts.retry')).toHaveLength(1));
  });

  test('the diagnostics are copied, and the button says so', async () => {
    const { user } = await openWithHost();
    await user.click(screen.getByRole('button', { name: 'Copy diagnostics' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeDefined();
    const copied = JSON.parse(await navigator.clipboard.readText()) as Record<string, unknown>;
    expect(copied).toMatchObject({ installation, hosts: [{ pid: 5_000 }] });
  });

  test('what cannot be copied is told', async () => {
    const { user } = await openWithHost();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'));
    document.execCommand = () => false;
    await user.click(screen.getByRole('button', { name: 'Copy diagnostics' }));
    expect(await screen.findByText('The diagnostics could not be copied')).toBeDefined();
  });
});

describe('for developers', () => {
  const run = { pid: 5_000, error: null };

  test('a host is made to misbehave, and what came of it is told', async () => {
    const { user, last, watches, requestsOf } = await openProcesses({ 'developer.misbehave': () => run });
    await waitFor(() => expect(watches).toHaveLength(1));
    last().tell();
    await user.click(await screen.findByRole('button', { name: 'Leak' }));
    const developer = within(screen.getByRole('region', { name: 'For developers' }));
    expect(await developer.findByText('Voice process 5000: Keeps 256 MB; it is replaced for that')).toBeDefined();
    expect(requestsOf('developer.misbehave')).toEqual([{ how: 'leak' }]);
  });

  test('while it lasts it is told that it does, and a refusal is a notice', async () => {
    let refuse = (): void => {};
    const { user, last, watches } = await openProcesses({
      'developer.misbehave': () =>
        new Promise((_, reject) => {
          refuse = () => reject(new AsideError('refused', 'Not you.', { details: { reason: 'x' } }));
        }),
    });
    await waitFor(() => expect(watches).toHaveLength(1));
    last().tell();
    await user.click(await screen.findByRole('button', { name: 'Hang' }));
    expect(screen.getByText('In a call that never comes back…')).toBeDefined();
    refuse();
    expect(await screen.findByText('Not you.')).toBeDefined();
    expect(screen.queryByText('In a call that never comes back…')).toBeNull();
  });

  test('nobody else sees any of it', async () => {
    const { last, watches } = await openProcesses({
      'processes.describe': () => ({ ...installation, isDeveloper: false }),
    });
    await waitFor(() => expect(watches).toHaveLength(1));
    last().tell();
    await row(/^Main process/);
    expect(screen.queryByRole('region', { name: 'For developers' })).toBeNull();
  });
});
