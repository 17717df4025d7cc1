import v8 from 'node:v8';
import { describe, expect, it } from 'vitest';
import { type ChildPort, createChildPort } from '../../../../main/hosts/child-port.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { settle } from '../../../helpers/fake-launcher.ts';

interface Wired extends ChildPort {
  readonly posted: unknown[];
  readonly disconnects: number;
}

function wire(post?: (message: unknown) => void): Wired {
  const posted: unknown[] = [];
  let disconnects = 0;
  const child = createChildPort({
    post: post ?? ((message) => posted.push(message)),
    disconnect: () => {
      disconnects += 1;
    },
  });
  return {
    ...child,
    posted,
    get disconnects() {
      return disconnects;
    },
  };
}

const gone = new AsideError('disconnected', 'gone', { details: {} });

describe('the port to a child', () => {
  it('posts what is sent', () => {
    const child = wire();
    child.port.send('a');
    expect(child.posted).toEqual(['a']);
  });

  it('throws for what cannot be sent at all, and posts the next', () => {
    const child = wire((message) => void v8.serialize(message));
    expect(() => child.port.send(() => {})).toThrow('could not be cloned');
    expect(() => child.port.send('good')).not.toThrow();
  });

  it('does not throw when the channel is broken, and posts the next', () => {
    const posted: unknown[] = [];
    const child = wire((message) => {
      if (message === 'bad') throw Object.assign(new Error('Channel closed'), { code: 'ERR_IPC_CHANNEL_CLOSED' });
      posted.push(message);
    });
    expect(() => child.port.send('bad')).not.toThrow();
    child.port.send('good');
    expect(posted).toEqual(['good']);
  });

  it('drops what is sent after the child has gone, and after it was closed', () => {
    const child = wire();
    child.stopSending();
    child.port.send('to nobody');
    child.port.close();
    child.port.send('to nobody');
    expect(child.posted).toEqual([]);
  });

  it('still delivers what comes after sending has stopped', () => {
    const child = wire();
    const received: unknown[] = [];
    child.port.onMessage((message) => received.push(message));
    child.stopSending();
    child.receive('last words');
    expect(received).toEqual(['last words']);
  });

  it('keeps early messages, and delivers them in order after the turn in which the listener is set', async () => {
    const child = wire();
    const received: unknown[] = [];
    child.receive(1);
    child.receive(2);
    child.port.onMessage((message) => received.push(message));
    expect(received).toEqual([]);
    child.receive(3);
    await settle();
    expect(received).toEqual([1, 2, 3]);
  });

  it('delivers to the listener that was set last, also when it is set while one runs', async () => {
    const child = wire();
    const received: string[] = [];
    child.receive('greeting');
    child.receive('rest');
    child.port.onMessage((first) => {
      received.push(`first ${first}`);
      child.port.onMessage((next) => received.push(`second ${next}`));
    });
    await settle();
    expect(received).toEqual(['first greeting', 'second rest']);
  });

  it('delivers nothing once it is closed, not even what it has kept', async () => {
    const child = wire();
    const received: unknown[] = [];
    child.receive('kept');
    child.port.onMessage((message) => received.push(message));
    child.port.close();
    child.receive('late');
    await settle();
    expect(received).toEqual([]);
  });

  it('tells every close listener once, in order, with the first reason', () => {
    const child = wire();
    const told: string[] = [];
    child.port.onClose((why) => told.push(`a ${why.message}`));
    child.port.onClose((why) => told.push(`b ${why.message}`));
    child.port.close(gone);
    child.port.close(new AsideError('disconnected', 'again', { details: {} }));
    expect(told).toEqual(['a gone', 'b gone']);
  });

  it('tells a late close listener in a microtask', async () => {
    const child = wire();
    const told: AsideError[] = [];
    child.port.close(gone);
    child.port.onClose((why) => told.push(why));
    expect(told).toEqual([]);
    await Promise.resolve();
    expect(told).toEqual([gone]);
  });

  it('closes the channel once, with a reason of its own when none is given', () => {
    const child = wire();
    const told: string[] = [];
    child.port.onClose((why) => told.push(why.code));
    child.port.close();
    child.port.close();
    expect([told, child.disconnects]).toEqual([['disconnected'], 1]);
  });
});
