import { describe, expect, it } from 'vitest';
import { takeParamsAhead } from '../../../../native-host/runtime/params-ahead.ts';

const ahead = (params: unknown) => ({ kind: 'ahead', params });
const begin = (id: number) => ({ kind: 'begin', id, method: 'toy.add', isChunk: true });
const request = (id: number, params: unknown) => ({ kind: 'request', id, method: 'toy.add', params, isChunk: true });

function take(...messages: unknown[]): unknown[] {
  const requests: unknown[] = [];
  const receive = takeParamsAhead((each) => requests.push(each));
  for (const message of messages) receive(message);
  return requests;
}

const noMessage = expect.objectContaining({ code: 'contract' });

describe('parameters that came ahead', () => {
  it('are no request before it begins', () => {
    expect(take(ahead([1]))).toEqual([]);
  });

  it('become a request when it begins', () => {
    expect(take(ahead([1]), begin(3))).toEqual([request(3, [1])]);
  });

  it('are those that came last', () => {
    expect(take(ahead([1]), ahead([2]), begin(3))).toEqual([request(3, [2])]);
  });

  it('are good for one request', () => {
    expect(() => take(ahead([1]), begin(3), begin(4))).toThrow(noMessage);
  });

  it('are forgotten when another request comes', () => {
    expect(take(ahead([1]), request(3, [2]))).toEqual([request(3, [2])]);
    expect(() => take(ahead([1]), request(3, [2]), begin(4))).toThrow(noMessage);
  });

  it('have to be there', () => {
    expect(() => take(begin(0))).toThrow(noMessage);
  });

  it.each([
    ['a beginning without a name', { kind: 'begin', id: 1 }],
    ['more than parameters', { ...ahead([1]), id: 1 }],
  ])('are not taken out of what is no message: %s', (_, message) => {
    expect(() => take(ahead([1]), message)).toThrow(noMessage);
  });

  it.each([null, 7, 'text', { kind: 'nonsense' }])('leave what else comes to whoever checks it: %j', (message) => {
    expect(take(message)).toEqual([message]);
  });
});
