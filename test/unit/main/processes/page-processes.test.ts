import { describe, expect, it } from 'vitest';
import { createPageProcesses } from '../../../../main/processes/page-processes.ts';
import type { SharedReport } from '../../../../main/processes/process-watch.ts';
import type { PageProcess } from '../../../../main/shell-services.ts';
import type { CallContext } from '../../../../protocol/contract/serve.ts';
import { Installation, ProcessesReport } from '../../../../protocol/model/processes.ts';
import { processesReport } from '../../../fixtures/contracts/model-samples.ts';
import { errorOf } from '../../../helpers/error-of.ts';

const { page: _, ...shared } = processesReport;

function create(page: PageProcess | null = null) {
  const watchers = new Set<(report: SharedReport) => void>();
  const asked: unknown[] = [];
  const handlers = createPageProcesses({
    hosts: {
      end: (pid) => asked.push(['end', pid]) > 0 && pid === 7,
      restart: (pid) => asked.push(['restart', pid]) > 0 && pid === 7,
    },
    watch: {
      watch: (onReport) => {
        watchers.add(onReport);
        return () => watchers.delete(onReport);
      },
    },
    misbehaviours: {
      run: async (how) => {
        asked.push(['misbehave', how]);
        return { pid: 7, error: null };
      },
    },
    installation: { version: '1.2.3', engines: ['espeak'], launcher: { name: 'fork' } },
    services: { shell: 'web', pageProcess: () => page },
  });
  return { handlers, watchers, asked };
}

function createContext() {
  const abort = new AbortController();
  const items: ProcessesReport[] = [];
  const context: CallContext<ProcessesReport> = {
    id: 1,
    signal: abort.signal,
    progress: (item) => void items.push(item),
    starved: () => {},
    onCredit: () => {},
  };
  return { abort, items, context };
}

describe('watching', () => {
  it('lives until the page cancels it, and is told each report with the page’s own process', async () => {
    const { handlers, watchers } = create({ pid: 9, rssBytes: 5, cpuMs: 10 });
    const { abort, items, context } = createContext();
    const over = handlers['processes.watch']({}, context);
    for (const atMs of [1_000, 1_500]) for (const tell of watchers) tell({ ...shared, atMs });
    expect(items.map(({ page }) => page)).toEqual([
      { pid: 9, rssBytes: 5, cpuMs: 10, cpuShare: null },
      { pid: 9, rssBytes: 5, cpuMs: 10, cpuShare: 0 },
    ]);
    expect(ProcessesReport.parse(items[0])).toEqual(items[0]);
    abort.abort();
    expect(await over).toEqual({});
    expect(watchers.size).toBe(0);
  });

  it('says nothing of a page whose process the shell cannot know', () => {
    const { handlers, watchers } = create();
    const { items, context } = createContext();
    void handlers['processes.watch']({}, context);
    for (const tell of watchers) tell(shared);
    expect(items).toEqual([{ ...shared, page: null }]);
  });
});

describe('ending and restarting', () => {
  const { context } = createContext();

  it('are passed on by process id', async () => {
    const { handlers, asked } = create();
    expect(handlers['hosts.end']({ pid: 7 }, context as never)).toEqual({});
    expect(handlers['hosts.restart']({ pid: 7 }, context as never)).toEqual({});
    expect(await handlers['developer.misbehave']({ how: 'spin' }, context as never)).toEqual({ pid: 7, error: null });
    expect(asked).toEqual([
      ['end', 7],
      ['restart', 7],
      ['misbehave', 'spin'],
    ]);
  });

  it.each(['hosts.end', 'hosts.restart'] as const)('%s is refused for what is no host', async (method) => {
    const { handlers } = create();
    const error = await errorOf((async () => handlers[method]({ pid: 1 }, context as never))());
    expect([error.code, error.details]).toEqual(['refused', { reason: 'no-such-host' }]);
  });
});

describe('the description', () => {
  const { context } = createContext();

  it('is of this Aside and this machine', async () => {
    const { handlers } = create();
    const described = Installation.parse(await handlers['processes.describe']({}, context as never));
    expect(described).toMatchObject({
      versions: { aside: '1.2.3', node: process.versions.node, electron: null, chromium: null },
      platform: process.platform,
      shell: 'web',
      launcher: 'fork',
      engines: ['espeak'],
      isDeveloper: false,
    });
  });
});
