import type { HostExitReason, HostExitReport } from '../../../protocol/model/host-exit.ts';
import type { HostStatus } from '../../../protocol/model/host-status.ts';

/** What hosts are, do and die of, in words for people. */

const ENGINES: Readonly<Record<string, string>> = {
  espeak: 'eSpeak NG',
  sapi: 'SAPI',
  scripted: 'Scripted',
  audio: 'makes the files',
};

export function engineName(engine: string): string {
  return ENGINES[engine] ?? engine;
}

/** What a host is to people: it speaks, or it makes audio files. */
export function hostName(engine: string | undefined): 'Voice' | 'Audio' {
  return engine === 'audio' ? 'Audio' : 'Voice';
}

const REQUESTS: Readonly<Record<string, string>> = {
  'utterance.speak': 'Speaking',
  'utterance.render': 'Making a file',
  'voices.list': 'Listing voices',
  'file.begin': 'Beginning a file',
  'piece.encode': 'Encoding',
  'piece.append': 'Joining',
  'file.verify': 'Checking a file',
  'file.finish': 'Completing a file',
};

export function requestName(request: string): string {
  return REQUESTS[request] ?? request;
}

const STATES: Readonly<Record<HostStatus['state'], string>> = {
  idle: 'Not started',
  starting: 'Starting',
  ready: 'Ready',
  draining: 'Ending',
  stopped: 'Ended',
  waiting: 'Restarts soon',
  'gave-up': 'Given up',
};

export function stateName({ state, request }: Pick<HostStatus, 'state' | 'request'>): string {
  return state === 'ready' && request !== null ? 'At work' : STATES[state];
}

const REASONS: Readonly<Record<HostExitReason, string>> = {
  crashed: 'Crashed',
  'start-failed': 'Did not start',
  unavailable: 'Its engine cannot run here',
  protocol: 'Sent nonsense, was killed',
  hung: 'Hung, was killed',
  silent: 'Answered nothing any more, was killed',
  deaf: 'Did not stop when told, was killed',
  recycled: 'Replaced after long use',
  released: 'Was no longer needed',
  ended: 'Ended on request',
  restarted: 'Restarted on request',
  'left-behind': 'Could not be killed',
};

/** Signals that a process does not raise by what it does; another one sends them, or the system. */
const FROM_OUTSIDE = new Set(['SIGHUP', 'SIGINT', 'SIGKILL', 'SIGQUIT', 'SIGTERM']);

export function exitReasonName({ reason, signal, exitCode }: HostExitReport): string {
  if (reason !== 'crashed') return REASONS[reason];
  if (signal !== null && FROM_OUTSIDE.has(signal)) return 'Was killed';
  return exitCode === 0 ? 'Left by itself' : REASONS.crashed;
}

/** What our own host program means by its exit codes (native-host/runtime/end-process.ts). */
const EXIT_CODES: Readonly<Record<number, string>> = {
  64: 'was not started by Aside',
  70: 'a defect',
  71: 'its engine thread died',
  75: 'its engine did not stop in time',
  76: 'it was sent nonsense',
};

/** As the system tells it: a signal, or an exit code with what it means; empty when it tells nothing. */
export function exitCodeName({ signal, exitCode }: Pick<HostExitReport, 'signal' | 'exitCode'>): string {
  if (signal !== null) return signal;
  if (exitCode === null) return '';
  // Windows exit codes of crashes are NTSTATUS values, which people know in hexadecimal.
  if (exitCode > 0xffff) return `exit code 0x${exitCode.toString(16).toUpperCase()}`;
  const meaning = EXIT_CODES[exitCode];
  return `exit code ${exitCode}${meaning ? `: ${meaning}` : ''}`;
}

/** Why, how and at what, in one line. */
export function describeExit(exit: HostExitReport): string {
  const code = exitCodeName(exit);
  const during = exit.request === null ? '' : ` while ${requestName(exit.request).toLowerCase()}`;
  return `${exitReasonName(exit)}${during}${code === '' ? '' : ` (${code})`}`;
}
