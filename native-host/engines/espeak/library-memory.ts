import { readFileSync } from 'node:fs';
import process from 'node:process';
import type { Koffi } from '../../runtime/load-koffi.ts';

/** Bytes of this process, from an address on. */
export interface MemoryRange {
  readonly start: bigint;
  readonly bytes: number;
}

interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
  readonly isWritable: boolean;
  readonly offset: number;
  readonly path: string;
}

/**
 * Remembers what the variables of a library have in them that was just loaded, and returns what puts it back: as if it were
 * loaded anew, but in 20 µs. `address` is of something in it. What it has allocated and not freed is lost either way. Null
 * where the system does not tell where its variables are: elsewhere than on Linux, without /proc, and for what is no 64-bit
 * ELF.
 */
export function rememberVariables(koffi: Koffi, address: bigint, mapsPath = '/proc/self/maps'): (() => void) | null {
  const maps = process.platform === 'linux' ? readMaps(mapsPath) : null;
  if (maps === null) return null;
  const program = koffi.load(null);
  const copyOut = program.func('void memcpy(_Out_ uint8_t *, void *, size_t)');
  const copyIn = program.func('void memcpy(void *, const uint8_t *, size_t)');
  const read = ({ start, bytes }: MemoryRange): Uint8Array => {
    const copy = new Uint8Array(bytes);
    copyOut(copy, start, bytes);
    return copy;
  };
  const range = variablesOf(maps, address, read);
  if (!range) return null;
  const loaded = read(range);
  return () => copyIn(range.start, loaded, range.bytes);
}

/** Null where there is no /proc, as in some sandboxes and containers. */
function readMaps(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** `maps`: a /proc/<pid>/maps. `read` is asked for the head of the library only. */
export function variablesOf(
  maps: string,
  address: bigint,
  read: (range: MemoryRange) => Uint8Array,
): MemoryRange | null {
  const mappings = parseMaps(maps);
  const path = mappings.find(({ start, end }) => start <= address && address < end)?.path ?? '';
  const head = mappings.find((mapping) => path !== '' && mapping.path === path && mapping.offset === 0);
  if (!head) return null;
  const variables = variablesOfElf(read({ start: head.start, bytes: PAGE_BYTES }));
  if (!variables) return null;
  const range = { start: head.start + BigInt(variables.start), bytes: variables.bytes };
  return isWritable(range, mappings) ? range : null;
}

/** `start-end permissions offset device inode path`, in the order of the addresses. */
function parseMaps(maps: string): Mapping[] {
  return [...maps.matchAll(/^([0-9a-f]+)-([0-9a-f]+) (\S+) ([0-9a-f]+) \S+ \d+ *(.*)$/gm)].map(
    ([, start, end, permissions = '', offset = '', path = '']) => ({
      start: BigInt(`0x${start}`),
      end: BigInt(`0x${end}`),
      isWritable: permissions.startsWith('rw'),
      offset: Number.parseInt(offset, 16),
      path,
    }),
  );
}

/** From end to end. */
function isWritable({ start, bytes }: MemoryRange, mappings: readonly Mapping[]): boolean {
  let at = start;
  for (const mapping of mappings) {
    if (mapping.isWritable && mapping.start <= at && at < mapping.end) at = mapping.end;
  }
  return at >= start + BigInt(bytes);
}

/** The least that any system has. */
const PAGE_BYTES = 4_096;

// elf.h: the constants, and where in their structures the fields are.
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const PT_LOAD = 1;
const PT_GNU_RELRO = 0x6474e552;
const PF_W = 2;

/**
 * Where a 64-bit library has its variables, counted from its begin: the one writable segment, without what is made
 * read-only once it is linked. Null for what is built otherwise. `head`: its first page.
 */
function variablesOfElf(head: Uint8Array): { start: number; bytes: number } | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isElf = view.getUint32(0) === 0x7f454c46 && head[4] === CLASS_64 && head[5] === LITTLE_ENDIAN;
  if (!isElf) return null;
  const [first, each, count] = [
    Number(view.getBigUint64(32, true)),
    view.getUint16(54, true),
    view.getUint16(56, true),
  ];
  if (first + each * count > head.byteLength) return null;
  const segments = Array.from({ length: count }, (_, at) => {
    const from = first + at * each;
    const start = Number(view.getBigUint64(from + 16, true));
    const end = start + Number(view.getBigUint64(from + 40, true));
    return { type: view.getUint32(from, true), flags: view.getUint32(from + 4, true), start, end };
  });
  const loaded = segments.filter(({ type }) => type === PT_LOAD);
  const [variables, ...others] = loaded.filter(({ flags }) => (flags & PF_W) !== 0);
  if (!variables || others.length > 0 || loaded[0]?.start !== 0) return null;
  const readOnly = segments.find(({ type }) => type === PT_GNU_RELRO);
  const start = Math.max(variables.start, Math.floor((readOnly?.end ?? 0) / PAGE_BYTES) * PAGE_BYTES);
  return { start, bytes: variables.end - start };
}
