import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components';
import { useEffect, useMemo } from 'react';
import type { AppServices } from './app-services.ts';
import { LiveRegion } from './components/live-region.tsx';
import { AboutDialog } from './features/about/about-dialog.tsx';
import { listenForShortcuts } from './features/commands/listen-for-shortcuts.ts';
import { ShortcutsDialog } from './features/commands/shortcuts-dialog.tsx';
import { DropTarget } from './features/documents/drop-target.tsx';
import { EditorSurface } from './features/editor/editor-surface.tsx';
import { ExportCard } from './features/exports/export-card.tsx';
import { QueuePanel } from './features/exports/queue-panel.tsx';
import { Header } from './features/header/header.tsx';
import { Banners } from './features/notices/banners.tsx';
import { NoticeStack } from './features/notices/notice-stack.tsx';
import { PlayerBar } from './features/player-bar/player-bar.tsx';
import { ProcessesPanel } from './features/processes/processes-panel.tsx';
import { isActive } from './player/playback-state.ts';
import { ServicesProvider, useFeature } from './services-context.ts';
import { darkTheme, lightTheme, useIsDark } from './theme.ts';

export interface AppProps {
  readonly services: AppServices;
  /** See csp-nonce.ts. */
  readonly nonce: string;
}

export function App({ services, nonce }: AppProps) {
  const renderer = useMemo(() => createDOMRenderer(document, { styleElementAttributes: { nonce } }), [nonce]);
  useEffect(() => {
    const canStop = (): boolean => isActive(services.playback.store.getState().state);
    return listenForShortcuts(services.commands, canStop);
  }, [services]);
  return (
    <ServicesProvider value={services}>
      <RendererProvider renderer={renderer} targetDocument={document}>
        <ThemedApp />
      </RendererProvider>
    </ServicesProvider>
  );
}

function ThemedApp() {
  const isDark = useIsDark(
    useFeature(
      ({ settings }) => settings.store,
      ({ theme }) => theme,
    ),
  );
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  }, [isDark]);
  return (
    <FluentProvider theme={isDark ? darkTheme : lightTheme}>
      <DropTarget>
        <Header />
        <main className="app__main">
          <Banners />
          <EditorSurface />
          <section className="app__corner" aria-label="Notices">
            <NoticeStack />
            <ExportCard />
          </section>
        </main>
        <ProcessesPanel />
        <QueuePanel />
        <PlayerBar />
      </DropTarget>
      <ShortcutsDialog />
      <AboutDialog />
      <LiveRegion />
    </FluentProvider>
  );
}
