import { type DragEvent, type ReactNode, useState } from 'react';
import { useServices } from '../../services-context.ts';
import './drop-target.css';

/** The whole page takes a file that is dropped on it. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const { documents } = useServices();
  const [isOver, setOver] = useState(false);
  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return; // text that is dragged belongs to the editor
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const onDrop = (event: DragEvent): void => {
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    void documents.openFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has a keyboard way of its own, the Open button
    <div
      className="drop-target"
      onDragOver={onDragOver}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDropCapture={onDrop}
    >
      {children}
      {isOver && (
        <div className="drop-target__hint">
          <span>Drop the file to open it</span>
        </div>
      )}
    </div>
  );
}
