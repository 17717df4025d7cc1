import { type DragEvent, type ReactNode, useState } from 'react';
import { useServices } from '../../services-context.ts';
import { droppedFiles, isManyDropped } from '../exports/given-files.ts';
import './drop-target.css';

/** The whole page takes what is dropped on it: a file is opened, several and folders are put into the export queue. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  const { documents, queue } = useServices();
  const [isOver, setOver] = useState(false);
  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return; // text that is dragged belongs to the editor
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(!isForQueue(event));
  };
  const onDrop = (event: DragEvent): void => {
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (!file || isForQueue(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isManyDropped(event.dataTransfer)) {
      queue.addFiles(droppedFiles(event.dataTransfer));
      return;
    }
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
          <span>Drop a file to open it, or several to export them</span>
        </div>
      )}
    </div>
  );
}

/** Whatever is dropped on the open queue is for it. */
function isForQueue({ target }: DragEvent): boolean {
  return target instanceof Element && target.closest('[data-takes-files]') !== null;
}
