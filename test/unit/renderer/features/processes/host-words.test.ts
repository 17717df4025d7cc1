import { describe, expect, it } from 'vitest';
import { HostExitReason, type HostExitReport } from '../../../../../protocol/model/host-exit.ts';
import { HostStatus } from '../../../../../protocol/model/host-status.ts';
import {
  describeExit,
  engineName,
  exitCodeName,
  exitReasonName,
  hostName,
  requestName,
  stateName,
} from '../../../../../renderer/features/processes/host-words.ts';
import { hostExit } from '../../../../fixtures/contracts/model-samples.ts';

const exit = (rest: Partial<HostExitReport>): HostExitReport => ({
  ...hostExit,
  exitCode: null,
  signal: null,
  request: null,
  ...rest,
});

describe('the end of a host', () => {
  it.each<[string, Partial<HostExitReport>]>([
    ['Crashed while speaking (SIGSEGV)', { reason: 'crashed', signal: 'SIGSEGV', request: 'utterance.speak' }],
    ['Was killed (SIGKILL)', { reason: 'crashed', signal: 'SIGKILL' }],
    ['Crashed (exit code 70: a defect)', { reason: 'crashed', exitCode: 70 }],
    ['Crashed while making a file (exit code 3)', { reason: 'crashed', exitCode: 3, request: 'utterance.render' }],
    ['Left by itself (exit code 0)', { reason: 'crashed', exitCode: 0 }],
    ['Hung, was killed while speaking (SIGKILL)', { reason: 'hung', signal: 'SIGKILL', request: 'utterance.speak' }],
    ['Replaced after long use (exit code 0)', { reason: 'recycled', exitCode: 0 }],
    ['Could not be killed', { reason: 'left-behind' }],
  ])('is told as “%s”', (text, rest) => {
    expect(describeExit(exit(rest))).toBe(text);
  });

  it('has another word for each reason', () => {
    const words = HostExitReason.options.map((reason) => exitReasonName(exit({ reason, signal: 'SIGSEGV' })));
    expect(new Set(words).size).toBe(HostExitReason.options.length);
  });

  it('has the exit codes of Windows as people know them', () => {
    expect(exitCodeName({ exitCode: 0xc0000005, signal: null })).toBe('exit code 0xC0000005');
  });
});

describe('what a host does', () => {
  it('is its call, or else its state, and each state has another word', () => {
    const { options } = HostStatus.shape.state;
    const words = options.map((state) => stateName({ state, request: null }));
    expect(new Set(words).size).toBe(options.length);
    expect(stateName({ state: 'ready', request: 'utterance.speak' })).toBe('At work');
  });

  it('is named as it is where there is no better word', () => {
    expect([requestName('utterance.speak'), requestName('sleep.for'), engineName('espeak'), engineName('x')]).toEqual([
      'Speaking',
      'sleep.for',
      'eSpeak NG',
      'x',
    ]);
  });
});

describe('the hosts that make audio files', () => {
  it('are told from voices, and what they are at has words', () => {
    expect(['audio', 'espeak'].map(hostName)).toEqual(['Audio', 'Voice']);
    expect([engineName('audio'), requestName('piece.encode')]).toEqual(['makes the files', 'Encoding']);
  });
});
