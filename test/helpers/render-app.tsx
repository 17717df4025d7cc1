import './browser-manners.ts';
import { cleanup, configure, render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import type { Port } from '../../protocol/contract/port.ts';
import { App } from '../../renderer/app.tsx';
import { createAppServices, loadApp } from '../../renderer/app-services.ts';
import { FakeAudioOutput } from './fake-audio-output.ts';
import { createFakeMain, type FakeMainOptions } from './fake-main.ts';
import { createPortPair } from './port-pair.ts';

// A machine that does much else at the same time is slow, not wrong.
configure({ asyncUtilTimeout: 30_000 });

/** The whole page over a main in memory and an output whose clock the test moves. Ends with `endApp`. */
export async function renderApp(options: FakeMainOptions = {}) {
  localStorage.clear();
  const main = createFakeMain(options);
  const ports: { page: Port; main: Port }[] = [];
  const servers: ReturnType<typeof main.serve>[] = [];
  const output = new FakeAudioOutput();
  const services = createAppServices({
    output,
    nonce: 'test',
    openPort: () => {
      const pair = createPortPair();
      ports.push(pair);
      servers.push(main.serve(pair.main));
      return pair.page;
    },
  });
  const view = render(<App services={services} nonce="test" />);
  await loadApp(services);
  open.push(() => ports.at(-1)?.page.close());
  return {
    main,
    output,
    services,
    view,
    user: userEvent.setup(),
    /** The connection as main sees it now. */
    server: () => servers[servers.length - 1] as (typeof servers)[number],
    breakConnection: () => ports.at(-1)?.main.close(),
    editorDom: () => services.editor.view.dom,
    requestsOf: (method: string) =>
      main.requests.filter((request) => request.method === method).map(({ params }) => params),
  };
}

const open: (() => void)[] = [];

export function endApp(): void {
  cleanup();
  for (const close of open.splice(0)) close();
}
