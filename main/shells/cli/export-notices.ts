import type { LittleRoom } from '../../../protocol/model/export.ts';
import type { ExportNotice } from '../../exports/export-job.ts';

/** What a person reads on stderr of an export's notices. */
export function describeNotice(notice: ExportNotice, out: string): string {
  switch (notice.kind) {
    case 'resumed':
      return `${out}: an earlier run had done ${notice.percent} %; going on from there`;
    case 'started-over':
      return `${out}: starting anew, since an earlier run was for something else (changed: ${notice.changed.join(', ')})`;
    case 'little-room':
      return `${out}: about ${megabytes(notice.neededBytes)} are still needed${beside(notice)} and ${megabytes(notice.freeBytes)} are free. Free some space, or it will wait when the disk is full`;
    case 'enough-room':
      return `${out}: there is enough room now`;
    case 'disk-full':
      return `${out}: the disk is full; waiting for room. Free some space, or press Ctrl-C: what is done is kept`;
    case 'room-again':
      return `${out}: there is room again; going on`;
    case 'keeps-markup':
      return `${out}: some of the text keeps its Markdown markup: there is more than Aside takes out. Split the file to be without`;
    case 'skipped':
      return `${out}: a pause stands for text that the voice could not speak, at character ${notice.skipped.charIndex}: “${notice.skipped.text}”`;
    case 'kept':
      return `${out}: ${notice.percent} % is done and kept in ${out}.part; the same command goes on from there`;
  }
}

const beside = ({ othersBytes }: LittleRoom): string =>
  othersBytes === 0 ? '' : `, ${megabytes(othersBytes)} by others that run,`;
const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;
