import type { AudioContract } from '../../protocol/contract/audio-contract.ts';
import type { AudioFormat } from '../../protocol/model/audio-format.ts';
import type { CallModule } from '../runtime/call-module.ts';
import { appendPiece, beginFile, finishFile, verifyFile } from './file-calls.ts';
import type { FileKind } from './file-kind.ts';
import { createMp3Kind } from './mp3/mp3-kind.ts';
import { createOggKind } from './ogg/ogg-kind.ts';
import { wavKind } from './wav/wav-kind.ts';
import { Work } from './work.ts';

/** The requests of the audio contract. Its handlers block the thread while they read, encode and write. */
export function createAudioModule(): CallModule<AudioContract> {
  const kinds: Readonly<Record<AudioFormat['kind'], FileKind>> = {
    wav: wavKind,
    mp3: createMp3Kind(),
    ogg: createOggKind(),
  };
  return {
    handlers: {
      'file.begin': (params) => beginFile(kinds[params.format.kind], params),
      'piece.encode': (params, call) => kinds[params.format.kind].encode(params, new Work(call, 'piece.encode')),
      'piece.append': (params, call) => appendPiece(kinds[params.format.kind], params, new Work(call, 'piece.append')),
      'file.verify': (params, call) => verifyFile(params, new Work(call, 'file.verify')),
      'file.finish': (params, call) => finishFile(kinds[params.format.kind], params, new Work(call, 'file.finish')),
    },
    close: () => {},
  };
}
