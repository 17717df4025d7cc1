import { Button } from '@fluentui/react-components';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { type CSSProperties, useEffect, useRef } from 'react';
import { useFeature, useServices } from '../../services-context.ts';
import { EmptyState } from './empty-state.tsx';
import './editor.css';
import './search-panel.css';

/** The page with the text on it. */
export function EditorSurface() {
  const { editor } = useServices();
  const mount = useRef<HTMLDivElement>(null);
  const isEmpty = useFeature(
    (services) => services.editor.store,
    ({ length }) => length === 0,
  );
  const away = useFeature(
    (services) => services.editor.follower.store,
    (state) => state.away,
  );
  const fontSizePx = useFeature(
    (services) => services.settings.store,
    (settings) => settings.fontSizePx,
  );
  useEffect(() => {
    mount.current?.append(editor.view.dom);
    editor.focus();
    return () => editor.view.dom.remove();
  }, [editor]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is what makes it measure anew
  useEffect(() => editor.view.requestMeasure(), [editor, fontSizePx]);
  return (
    <div className="editor" style={{ '--editor-font-size': `${fontSizePx}px` } as CSSProperties}>
      <div className="editor__mount" ref={mount} />
      {isEmpty && <EmptyState />}
      {away && (
        <Button
          className="editor__go-to-word"
          shape="circular"
          icon={away === 'above' ? <ArrowUpRegular /> : <ArrowDownRegular />}
          onClick={() => editor.follower.goToWord()}
        >
          Go to the spoken word
        </Button>
      )}
    </div>
  );
}
