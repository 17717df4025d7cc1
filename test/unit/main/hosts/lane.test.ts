import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { encodeMessage } from '../../../../lane/encode-message.ts';
import { createLane, joinLane } from '../../../../main/hosts/lane.ts';
import type { Port } from '../../../../protocol/contract/port.ts';

const request = (id: number, method = 'toy.add') => ({ kind: 'request', id, method, params: [] });

/** A port that keeps what is sent, and lets a test say what arrives. */
function createFakePort() {
  const sent: unknown[] = [];
  let listener: (message: unknown) => void = () => {};
  const port: Port = {
    send: (message) => sent.push(message),
    onMessage: (next) => {
      listener = next;
    },
    onClose: () => {},
    close: () => {},
  };
  return { port, sent, receive: (message: unknown) => listener(message) };
}

function join() {
  const [channel, lane] = [createFakePort(), createFakePort()];
  const received: unknown[] = [];
  const port = joinLane(channel.port, lane.port);
  port.onMessage((message) => received.push(message));
  return { port, channel, lane, received };
}

describe('a channel and a lane as one port', () => {
  it('sends a call by the lane, and what else there is by the channel', () => {
    const { port, channel, lane } = join();
    const others = [request(1, 'host.ping'), { kind: 'cancel', id: 0 }, { kind: 'credit', id: 0, bytes: 4 }];
    for (const message of [request(0), ...others]) port.send(message);
    expect([lane.sent, channel.sent]).toEqual([[request(0)], others]);
  });

  it('sends by the channel what is to be refused, because a call is on the lane', () => {
    const { port, channel, lane } = join();
    port.send(request(0));
    port.send(request(1));
    expect([lane.sent, channel.sent]).toEqual([[request(0)], [request(1)]]);
  });

  it.each([
    ['a result', { kind: 'result', id: 0, result: 1 }],
    ['an error', { kind: 'error', id: 0, error: {} }],
  ])('has the lane free again after %s', (_, answer) => {
    const { port, lane } = join();
    port.send(request(0));
    lane.receive(answer);
    port.send(request(1));
    expect(lane.sent).toEqual([request(0), request(1)]);
  });

  it.each([
    ['progress', { kind: 'progress', id: 0, item: 1 }],
    ['the result of another call', { kind: 'result', id: 7, result: 1 }],
    ['nonsense', null],
  ])('does not take %s for the end of the call', (_, message) => {
    const { port, lane } = join();
    port.send(request(0));
    lane.receive(message);
    port.send(request(1));
    expect(lane.sent).toEqual([request(0)]);
  });

  describe('with parameters that are sent ahead', () => {
    const next = [1, 2];
    const chunk = (params: unknown) => ({ ...request(1), params, isChunk: true });
    const ahead = { kind: 'ahead', params: next };

    it('has them lie ready, and then sends no more than the beginning of their call', () => {
      const { port, lane } = join();
      port.send(request(0));
      port.sendAhead(next);
      lane.receive({ kind: 'result', id: 0, result: 1 });
      port.send(chunk(next));
      const begin = { kind: 'begin', id: 1, method: 'toy.add', isChunk: true };
      expect(lane.sent).toEqual([request(0), ahead, begin]);
    });

    it('sends a call whole that is another, though its parameters are equal, and those after it', () => {
      const { port, lane } = join();
      port.send(request(0));
      port.sendAhead(next);
      lane.receive({ kind: 'result', id: 0, result: 1 });
      port.send(chunk([...next]));
      lane.receive({ kind: 'result', id: 1, result: 1 });
      port.send(chunk(next));
      expect(lane.sent).toEqual([request(0), ahead, chunk([...next]), chunk(next)]);
    });

    it('sends them once for each call, so that a host that reads nothing is not filled with them', () => {
      const { port, lane } = join();
      port.send(request(0));
      port.sendAhead(next);
      port.sendAhead([3]);
      port.sendAhead(next);
      expect(lane.sent).toEqual([request(0), ahead]);
    });

    it('has them forgotten when no call takes them, and once', () => {
      const { port, lane } = join();
      port.send(request(0));
      port.sendAhead(next);
      port.forgetAhead(); // it is still at its call
      lane.receive({ kind: 'result', id: 0, result: 1 });
      port.forgetAhead();
      port.forgetAhead();
      port.send(chunk(next));
      expect(lane.sent).toEqual([request(0), ahead, { kind: 'ahead', params: null }, chunk(next)]);
    });

    it('sends none while it has no call', () => {
      const { port, lane } = join();
      port.sendAhead(next);
      expect(lane.sent).toEqual([]);
    });

    it('says nothing of those that cannot be sent: their call will', () => {
      const { port, lane } = join();
      port.send(request(0));
      lane.port.send = () => {
        throw new Error('could not be cloned');
      };
      port.sendAhead(next);
      lane.receive({ kind: 'result', id: 0, result: 1 });
      expect(() => port.send(chunk(next))).toThrow('could not be cloned');
    });
  });

  it('hears both', () => {
    const { channel, lane, received } = join();
    channel.receive('by the channel');
    lane.receive('by the lane');
    expect(received).toEqual(['by the channel', 'by the lane']);
  });
});

describe('a lane', () => {
  it('hands what is no message on as what no contract takes, and reads no further', async () => {
    const fromHost = new PassThrough();
    const received: unknown[] = [];
    const { port: lane } = createLane(new PassThrough(), fromHost);
    lane.onMessage((message) => received.push(message));
    for (const piece of encodeMessage({ n: 1 })) fromHost.write(piece);
    fromHost.write('Segmentation fault\n');
    for (const piece of encodeMessage({ n: 2 })) fromHost.write(piece);
    fromHost.end();
    await new Promise((resolve) => fromHost.once('end', resolve));
    expect(received).toEqual([{ n: 1 }, expect.stringMatching(/^nonsense on the lane: a head of \d+ bytes$/)]);
  });

  it('throws for what cannot be sent, and goes on', () => {
    const toHost = new PassThrough();
    const { port: lane } = createLane(toHost, new PassThrough());
    expect(() => lane.send({ run: () => {} })).toThrow('could not be cloned');
    lane.send({ n: 1 });
    expect(toHost.read()).toEqual(encodeMessage({ n: 1 })[0]);
  });
});
