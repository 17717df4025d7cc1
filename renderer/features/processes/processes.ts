import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AsideError } from '../../../protocol/errors.ts';
import type { Installation, Misbehaviour, ProcessesReport } from '../../../protocol/model/processes.ts';
import { asAsideError } from '../../as-aside-error.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { HostsFeature } from '../hosts/hosts.ts';
import type { Announcer } from '../notices/announcer.ts';
import type { Notices } from '../notices/notices.ts';
import { copyText } from './copy-text.ts';
import { type Moment, withMoment } from './delay-history.ts';
import { diagnosticsText } from './diagnostics.ts';
import { hostName } from './host-words.ts';
import { createMisbehaviours, type MisbehaviourRun } from './misbehaviours.ts';
import { createProcessWatcher } from './process-watcher.ts';

export interface ProcessesState {
  readonly isOpen: boolean;
  readonly installation: Installation | null;
  /** The latest; null until the first has come. */
  readonly report: ProcessesReport | null;
  /** Of the last minute, oldest first. */
  readonly history: readonly Moment[];
  /** Why nothing can be seen. */
  readonly failure: AsideError | null;
  /** The diagnostics have just been copied. */
  readonly isCopied: boolean;
}

export interface ProcessesFeature {
  readonly store: StoreApi<ProcessesState>;
  readonly misbehaviours: StoreApi<readonly MisbehaviourRun[]>;
  toggle(): void;
  close(): void;
  /** Tries again after a failure. */
  retry(): void;
  end(pid: number): void;
  restart(pid: number): void;
  misbehave(how: Misbehaviour): void;
  copyDiagnostics(): void;
}

export interface ProcessesParts {
  readonly link: MainLink;
  readonly hosts: HostsFeature;
  readonly notices: Notices;
  readonly announcer: Announcer;
}

const COPIED_FOR_MS = 2_000;

/** Looks at Aside's processes while it is open and the page can be seen; otherwise nothing is measured anywhere. */
export function createProcesses({ link, hosts, notices, announcer }: ProcessesParts): ProcessesFeature {
  const store = createStore<ProcessesState>(() => ({
    isOpen: false,
    installation: null,
    report: null,
    history: [],
    failure: null,
    isCopied: false,
  }));
  const misbehaviours = createMisbehaviours(link, notices, announcer);
  const watcher = createProcessWatcher(link, {
    onReport: (report, moment) => {
      hosts.show(report.hosts);
      store.setState(({ history }) => ({ report, history: withMoment(history, moment) }));
    },
    onFailure: (failure) => store.setState({ failure }),
  });
  let copiedTimer: ReturnType<typeof setTimeout> | undefined;

  function watchAsWanted(): void {
    const isSeen = store.getState().isOpen && document.visibilityState === 'visible';
    watcher.want(isSeen);
    if (isSeen && store.getState().installation === null) void describe();
  }

  async function describe(): Promise<void> {
    try {
      store.setState({ installation: await link.request('processes.describe', {}) });
    } catch {
      // What it would have told is missing in the diagnostics; it is asked for again when the view is opened again.
    }
  }

  async function ask(method: 'hosts.end' | 'hosts.restart', pid: number, said: string): Promise<void> {
    try {
      await link.request(method, { pid });
      announcer.say(said);
    } catch (error) {
      notices.problem('processes', asAsideError(error));
    }
  }

  const nameOf = (pid: number): string => hostName(hosts.store.getState().find((host) => host.pid === pid)?.engine);

  async function copyDiagnostics(): Promise<void> {
    const { userAgent } = navigator;
    const parts = { ...store.getState(), hosts: hosts.store.getState(), userAgent, takenAt: new Date() };
    if (!(await copyText(diagnosticsText(parts)))) {
      notices.show(NOT_COPIED);
      return;
    }
    announcer.say('Diagnostics copied');
    store.setState({ isCopied: true });
    clearTimeout(copiedTimer);
    copiedTimer = setTimeout(() => store.setState({ isCopied: false }), COPIED_FOR_MS);
  }

  function show(isOpen: boolean): void {
    store.setState({ isOpen });
    watchAsWanted();
  }

  document.addEventListener('visibilitychange', watchAsWanted);
  link.onReconnected(watchAsWanted);
  return {
    store,
    misbehaviours: misbehaviours.store,
    toggle: () => show(!store.getState().isOpen),
    close: () => show(false),
    retry: watchAsWanted,
    end: (pid) => void ask('hosts.end', pid, `${nameOf(pid)} process ${pid} ends`),
    restart: (pid) => void ask('hosts.restart', pid, `${nameOf(pid)} process ${pid} is replaced`),
    misbehave: (how) => void misbehaviours.run(how),
    copyDiagnostics: () => void copyDiagnostics(),
  };
}

const NOT_COPIED = {
  key: 'processes',
  intent: 'error',
  title: 'The diagnostics could not be copied',
  detail: 'The browser does not let this page use the clipboard. Allow it in the settings of the page, then try again.',
  lastsMs: null,
} as const;
