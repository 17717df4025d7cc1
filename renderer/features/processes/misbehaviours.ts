import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WireError } from '../../../protocol/errors.ts';
import type { Misbehaviour } from '../../../protocol/model/processes.ts';
import { asAsideError } from '../../as-aside-error.ts';
import type { MainLink } from '../../connection/main-link.ts';
import type { Announcer } from '../notices/announcer.ts';
import type { Notices } from '../notices/notices.ts';

/** One host made to misbehave, and what came of it. */
export interface MisbehaviourRun {
  readonly number: number;
  readonly how: Misbehaviour;
  /** null while it lasts. `pid` is null when no host took the call; `error` is what its caller got, null for none. */
  readonly outcome: { readonly pid: number | null; readonly error: WireError | null } | null;
}

const MAX_RUNS = 3;

/** The runs that a developer has asked for, the latest first. */
export function createMisbehaviours(
  link: MainLink,
  notices: Notices,
  announcer: Announcer,
): { readonly store: StoreApi<readonly MisbehaviourRun[]>; run(how: Misbehaviour): Promise<void> } {
  const store = createStore<readonly MisbehaviourRun[]>(() => []);
  let number = 0;
  return {
    store,
    run: async (how) => {
      number += 1;
      const run: MisbehaviourRun = { number, how, outcome: null };
      store.setState((runs) => [run, ...runs].slice(0, MAX_RUNS), true);
      try {
        const outcome = await link.request('developer.misbehave', { how });
        const over = { ...run, outcome };
        store.setState((runs) => runs.map((each) => (each.number === run.number ? over : each)), true);
        announcer.say(describeRun(over));
      } catch (error) {
        store.setState((runs) => runs.filter((each) => each.number !== run.number), true);
        notices.problem('processes', asAsideError(error));
      }
    },
  };
}

const STORIES: Readonly<Record<Misbehaviour, { readonly running: string; readonly over: string }>> = {
  block: { running: 'Five seconds in one native call', over: 'Came back from its native call; nobody had to wait' },
  spin: { running: 'Five seconds of computing', over: 'Computed for five seconds; nobody had to wait' },
  hang: { running: 'In a call that never comes back', over: 'Came back after all' },
  crash: { running: 'About to crash', over: 'Did not crash' },
  leak: { running: 'Takes 256 MB', over: 'Keeps 256 MB; it is replaced for that' },
};

export function describeRun({ how, outcome }: MisbehaviourRun): string {
  const { running, over } = STORIES[how];
  if (outcome === null) return `${running}…`;
  const host = outcome.pid === null ? '' : `Voice process ${outcome.pid}: `;
  return `${host}${outcome.error ? `${outcome.error.message}. Another takes its place` : over}`;
}
