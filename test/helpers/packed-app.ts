import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ArchiveHeader, extractFile, getRawHeader } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** What a pack has left on disk, read back from the result alone. */
export interface PackedApp {
  /** Electron's binary, under our name. */
  readonly program: string;
  /** The folder of what lies beside the archive. */
  readonly unpackedFolder: string;
  /** All files of the archive that are in it, with slashes, in order. */
  readonly archived: readonly string[];
  /** All that the archive says lie beside it. */
  readonly unpacked: readonly string[];
  /** All that do lie there. */
  readonly onDisk: readonly string[];
  /** Names of the packages, from both. */
  readonly packages: readonly string[];
  /** Bytes of all but Electron. */
  readonly ownBytes: number;
  /** SHA-256 of the archive's table of contents, which Electron compares with what its program holds. */
  readonly archiveHash: string;
  readManifest(): Record<string, unknown>;
  /** Names of the fuses that are on, in Electron's order. */
  readFuses(): Promise<string[]>;
}

type Entry = ArchiveHeader['header']['files'][string];

export function readPackedApp(folder: string, programName: string): PackedApp {
  const resources = join(folder, 'resources');
  const archive = join(resources, 'app.asar');
  const unpackedFolder = join(resources, 'app.asar.unpacked');
  const { header, headerString } = getRawHeader(archive);
  const entries = filesOf(header as unknown as Entry);
  const of = (wanted: boolean): string[] => entries.filter(([, isOut]) => isOut === wanted).map(([path]) => path);
  const onDisk = filesBelow(unpackedFolder);
  const program = join(folder, programName);
  return {
    program,
    unpackedFolder,
    archived: of(false),
    unpacked: of(true),
    onDisk,
    packages: [...new Set(entries.flatMap(([path]) => packageOf(path) ?? []))].sort(),
    ownBytes: [archive, ...onDisk.map((path) => join(unpackedFolder, path))].reduce(
      (sum, path) => sum + statSync(path).size,
      0,
    ),
    archiveHash: createHash('sha256').update(headerString).digest('hex'),
    readManifest: () => JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as Record<string, unknown>,
    readFuses: async () => {
      const wire = (await getCurrentFuseWire(program)) as unknown as Record<number, number>;
      const on = '1'.charCodeAt(0);
      return Object.values(FuseV1Options).flatMap((fuse) =>
        typeof fuse === 'number' && wire[fuse] === on ? [FuseV1Options[fuse] ?? ''] : [],
      );
    },
  };
}

/** Paths and whether each lies beside the archive. */
function filesOf(entry: Entry, path = ''): [string, boolean][] {
  if (!('files' in entry)) return [[path, 'unpacked' in entry && entry.unpacked === true]];
  return Object.entries(entry.files)
    .flatMap(([name, child]) => filesOf(child, path === '' ? name : `${path}/${name}`))
    .sort();
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

function packageOf(path: string): string | null {
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

/** Whether a program holds a text, as resources and fuses do. */
export function holdsText(program: string, text: string): boolean {
  return readFileSync(program).includes(Buffer.from(text, 'latin1'));
}
