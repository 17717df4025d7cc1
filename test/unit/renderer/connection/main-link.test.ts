import { expect, test, vi } from 'vitest';
import type { Port } from '../../../../protocol/contract/port.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { linkToMain } from '../../../../renderer/connection/main-link.ts';
import { createFakeMain } from '../../../helpers/fake-main.ts';
import { createPortPair } from '../../../helpers/port-pair.ts';
import { waitFor } from '../../../helpers/wait-for.ts';

/** A link whose connections a test makes and breaks. */
function openLink() {
  const main = createFakeMain();
  const servers: ReturnType<typeof main.serve>[] = [];
  const ports: { page: Port; main: Port }[] = [];
  let isThere = true;
  const malformed = vi.fn();
  const link = linkToMain(() => {
    const pair = createPortPair();
    ports.push(pair);
    if (isThere) servers.push(main.serve(pair.main));
    else pair.page.close(new AsideError('disconnected', 'Aside does not answer.', { details: {} }));
    return pair.page;
  }, malformed);
  return {
    link,
    malformed,
    server: () => servers.at(-1),
    port: () => ports.at(-1),
    breakIt: () => ports.at(-1)?.main.close(),
    setThere: (value: boolean) => {
      isThere = value;
    },
  };
}

test('is connected from the start and carries requests', async () => {
  const { link } = openLink();

  expect(link.state.getState()).toEqual({ kind: 'connected' });
  expect(await link.request('app.describe', {})).toMatchObject({ shell: 'web' });
});

test('says why when the connection ends, and rejects what is asked meanwhile', async () => {
  const { link, breakIt } = openLink();
  breakIt();

  expect(link.state.getState()).toMatchObject({ kind: 'disconnected', why: { message: 'Aside has ended.' } });
  await expect(link.request('app.describe', {})).rejects.toMatchObject({ code: 'disconnected' });
});

test('reconnects: requests go on, listeners hear the new connection, and who wants to know is told', async () => {
  const { link, breakIt, server } = openLink();
  const onChanged = vi.fn();
  const onReconnected = vi.fn();
  link.on('hosts.changed', onChanged);
  link.onReconnected(onReconnected);
  breakIt();
  await link.reconnect();
  server()?.emit('hosts.changed', { hosts: [] });

  expect(link.state.getState()).toEqual({ kind: 'connected' });
  expect(await link.request('app.describe', {})).toMatchObject({ shell: 'web' });
  await waitFor(() => expect(onChanged).toHaveBeenCalledOnce());
  expect(onReconnected).toHaveBeenCalledOnce();
});

test('a listener that was taken off stays off after a reconnection', async () => {
  const { link, breakIt, server } = openLink();
  const onChanged = vi.fn();
  link.on('hosts.changed', onChanged)();
  breakIt();
  await link.reconnect();
  server()?.emit('hosts.changed', { hosts: [] });
  await link.request('app.describe', {});

  expect(onChanged).not.toHaveBeenCalled();
});

test('stays disconnected when nobody answers, and can be tried again', async () => {
  const { link, breakIt, setThere } = openLink();
  breakIt();
  setThere(false);
  await link.reconnect();
  expect(link.state.getState()).toMatchObject({ kind: 'disconnected', why: { message: 'Aside does not answer.' } });
  setThere(true);
  await link.reconnect();

  expect(link.state.getState()).toEqual({ kind: 'connected' });
});

test('reports what is not in the contract', async () => {
  const { link, malformed, port } = openLink();
  port()?.main.send({ kind: 'nonsense' });
  await link.request('app.describe', {});

  expect(malformed).toHaveBeenCalledOnce();
});
