import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createAppServices, loadApp } from './app-services.ts';
import { openPort } from './connection/open-port.ts';
import { readCspNonce } from './csp-nonce.ts';
import { WebAudioOutput } from './player/web-audio-output.ts';
import './styles/page.css';

const nonce = readCspNonce(document);
const services = createAppServices({ openPort, output: new WebAudioOutput(), nonce });

for (const [target, type] of [
  [window, 'pagehide'],
  [document, 'visibilitychange'],
] as const) {
  target.addEventListener(type, () => {
    if (document.visibilityState === 'visible' && type !== 'pagehide') return;
    services.draft.flush();
    services.settings.flush();
  });
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<App services={services} nonce={nonce} />);
await loadApp(services);
