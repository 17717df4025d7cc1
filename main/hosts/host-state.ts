import type { HostStatus } from '../../protocol/model/host-status.ts';

/**
 * The life of one slot:
 *
 *     idle ─start─▶ starting ─ready─▶ ready ◀─settle─ draining ─gone─▶ stopped
 *                      ▲  │             │ ───drain──▶   │
 *                      │  └────died─────┴──────died─────┘
 *                    start                  │
 *                      └──── waiting ◀──────┘──give-up──▶ gave-up ─start─▶ starting
 *
 * `draining`: the host takes no call, because it still works on a cancelled one or is on its way out.
 */
export type HostState = HostStatus['state'];

export type HostEvent =
  | 'start'
  | 'ready'
  /** Its call was cancelled. */
  | 'drain'
  /** The cancelled call is over. */
  | 'settle'
  /** The process has ended and will be replaced. */
  | 'died'
  /** The process has ended and will not be replaced. */
  | 'give-up'
  /** It is to go for good. */
  | 'stop'
  /** The process that was to go has gone. */
  | 'gone';

const transitions: Readonly<Record<HostState, Partial<Readonly<Record<HostEvent, HostState>>>>> = {
  idle: { start: 'starting', stop: 'stopped' },
  starting: { ready: 'ready', died: 'waiting', 'give-up': 'gave-up', stop: 'draining' },
  ready: { drain: 'draining', died: 'waiting', 'give-up': 'gave-up', stop: 'draining' },
  draining: { settle: 'ready', died: 'waiting', 'give-up': 'gave-up', gone: 'stopped' },
  waiting: { start: 'starting', stop: 'stopped' },
  'gave-up': { start: 'starting', stop: 'stopped' },
  stopped: {},
};

/** The state after an event. An event that means nothing in a state leaves it as it is. */
export function nextState(state: HostState, event: HostEvent): HostState {
  return transitions[state][event] ?? state;
}

/** True while the slot has a process or will have one without being asked. */
export function isLive(state: HostState): boolean {
  return state === 'starting' || state === 'ready' || state === 'draining' || state === 'waiting';
}
