import { crc32 } from 'node:zlib';
import type { AudioContract, AudioFileState } from '../../protocol/contract/audio-contract.ts';
import type { ParsedParams, Result } from '../../protocol/contract/define-contract.ts';
import type { DiskFile } from '../files/disk-file.ts';
import { blocksOf } from './blocks.ts';
import type { AppendParams, BeginParams, FileKind, FinishParams } from './file-kind.ts';
import { withFile } from './with-file.ts';
import type { Work } from './work.ts';

export async function beginFile(kind: FileKind, params: BeginParams): Promise<AudioFileState> {
  const { head, pages } = await kind.begin(params);
  await withFile(params.path, 'make', (file) => file.writeAt(0, head));
  return { bytes: head.length, samples: 0, pages, lastBlock: 0 };
}

export async function appendPiece(
  kind: FileKind,
  params: AppendParams,
  work: Work,
): Promise<Result<AudioContract, 'piece.append'>> {
  let { bytes } = params.state;
  let addedCrc32 = 0;
  const { state, startSamples } = await withFile(params.piecePath, 'read', (piece) =>
    withFile(params.path, 'change', (file) => {
      file.cutTo(bytes); // what an append that was interrupted has left
      const append = (added: Uint8Array): void => {
        file.writeAt(bytes, added);
        bytes += added.length;
        addedCrc32 = crc32(added, addedCrc32);
      };
      return kind.join({ params, piece, file, append, work });
    }),
  );
  return { state: { ...state, bytes }, startSamples, addedCrc32 };
}

export async function verifyFile(
  { path, startBytes, pieces }: ParsedParams<AudioContract, 'file.verify'>,
  work: Work,
): Promise<Result<AudioContract, 'file.verify'>> {
  return withFile(path, 'read', (file) => {
    let offset = startBytes;
    for (const [index, piece] of pieces.entries()) {
      const isIntact = offset + piece.bytes <= file.bytes && checksum(file, offset, piece.bytes, work) === piece.crc32;
      if (!isIntact) return { intact: index };
      offset += piece.bytes;
    }
    return { intact: pieces.length };
  });
}

function checksum(file: DiskFile, startBytes: number, bytes: number, work: Work): number {
  let sum = 0;
  for (const block of blocksOf(file, { startBytes, endBytes: startBytes + bytes })) {
    sum = crc32(block, sum);
    work.did(block.length);
  }
  return sum;
}

export async function finishFile(kind: FileKind, params: FinishParams, work: Work): Promise<{ bytes: number }> {
  const { bytes } = params.state;
  return withFile(params.path, 'change', async (file) => {
    const { head, tail } = kind.finish(params, file); // before anything is changed: it may refuse
    file.cutTo(bytes);
    file.writeAt(bytes, tail);
    file.writeAt(0, head);
    await work.during(file.sync());
    return { bytes: bytes + tail.length };
  });
}
