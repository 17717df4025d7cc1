import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimParentPort, type ParentPort } from '../../../../native-host/runtime/parent-port.ts';

/** The other kind of parent, `child_process.fork`, is in all of test/integration/native-host. */
class UtilityParent extends EventEmitter {
  readonly posted: unknown[] = [];
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
}

describe("the port of an Electron utility process's parent", () => {
  let parent: UtilityParent;
  let port: ParentPort;
  beforeEach(() => {
    parent = new UtilityParent();
    Object.defineProperty(process, 'parentPort', { value: parent, configurable: true });
    const claimed = claimParentPort();
    if (!claimed) throw new Error('there is a parent, and it was not found');
    port = claimed;
  });
  afterEach(() => {
    Reflect.deleteProperty(process, 'parentPort');
  });

  it('posts what is sent', () => {
    port.send({ kind: 'event' });
    expect(parent.posted).toEqual([{ kind: 'event' }]);
  });

  it('delivers what the parent posts, without the event around it', () => {
    const received: unknown[] = [];
    port.onMessage((message) => received.push(message));
    parent.emit('message', { data: { kind: 'request' }, ports: [] });
    expect(received).toEqual([{ kind: 'request' }]);
  });

  it('keeps what comes before there is a listener, in order', () => {
    const received: unknown[] = [];
    parent.emit('message', { data: 1 });
    parent.emit('message', { data: 2 });
    port.onMessage((message) => received.push(message));
    parent.emit('message', { data: 3 });
    expect(received).toEqual([1, 2, 3]);
  });
});
