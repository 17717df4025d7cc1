import { describe, expect, it } from 'vitest';
import { readGreeting } from '../../../../main/hosts/handshake.ts';
import { echoContract } from '../../../fixtures/hosts/echo-contract.ts';
import { readyMessage } from '../../../helpers/fake-launcher.ts';

const failed = (error: unknown): unknown => ({ kind: 'event', name: 'host.failed', payload: { error } });

function strangerFor(message: unknown): string {
  const greeting = readGreeting(echoContract, message);
  if (greeting.kind !== 'stranger') throw new Error(`${greeting.kind} instead of stranger`);
  return greeting.got;
}

describe('the greeting of a host', () => {
  it('is understood when contract and version are ours', () => {
    expect(readGreeting(echoContract, readyMessage())).toEqual({ kind: 'ready', hasLane: false });
  });

  it('carries the error of an engine that cannot run', () => {
    const wire = { code: 'engine-unavailable', message: 'no library', remedy: 'Install it.', details: { engine: 'x' } };
    expect(readGreeting(echoContract, failed(wire))).toMatchObject({ kind: 'failed', error: wire });
  });

  it.each([
    [readyMessage('echo', 2), 'version 2 of the contract "echo" instead of version 1 of "echo"'],
    [readyMessage('app', 1), 'version 1 of the contract "app" instead of version 1 of "echo"'],
    [{ kind: 'event', name: 'hosts.changed', payload: {} }, 'hosts.changed before host.ready'],
    [{ kind: 'result', id: 0, result: {} }, 'a result before host.ready'],
    [{ kind: 'starved', id: 0 }, 'a starved before host.ready'],
  ])('from a stranger, %j, says what came', (message, got) => {
    expect(strangerFor(message)).toBe(got);
  });

  it.each([
    ['hello', 'message: '],
    [undefined, 'message: '],
    [{ kind: 'event', name: 'host.ready', payload: {} }, 'host.ready.contract: '],
    [
      { kind: 'event', name: 'host.ready', payload: { contract: 'echo', version: 1.5, engine: '' } },
      'host.ready.version: ',
    ],
    [failed({ code: 'made-up', message: '', remedy: '', details: {} }), 'host.failed.error.code: '],
    [{ kind: 'event', name: 'host.ready', payload: {}, extra: 1 }, 'message: '],
  ])('that breaks the contract, %j, says where', (message, got) => {
    expect(strangerFor(message)).toContain(got);
  });
});
