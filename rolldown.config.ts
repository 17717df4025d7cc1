import { defineConfig, type RolldownOptions } from 'rolldown';

/**
 * Everything that runs outside a page is bundled: a bundled host starts 80 ms sooner than one that resolves modules.
 * What stays outside: Electron itself, and packages that load native or data files beside themselves.
 */
const external = [/^node:/, 'electron', 'koffi', '@echogarden/espeak-ng-emscripten', 'tinypool', 'workerpool'];

/** scripts/set-up/build.mjs builds beside the outputs, then lets them change places. */
const suffix = process.env.ASIDE_OUT_SUFFIX ?? '';
/** Name of the one bench to bundle, instead of everything else. See scripts/bench.mjs. */
const bench = process.env.ASIDE_BENCH;

const extensions = { esm: 'js', cjs: 'cjs' } as const;

/** Two bundles in one folder must not write the same chunk: `chunkPrefix` keeps them apart. */
const bundle = (
  input: Record<string, string>,
  dir: string,
  { format = 'esm', chunkPrefix = '' }: { format?: 'esm' | 'cjs'; chunkPrefix?: string } = {},
): RolldownOptions => ({
  input,
  platform: 'node',
  external,
  output: {
    dir,
    format,
    entryFileNames: `[name].${extensions[format]}`,
    chunkFileNames: `${chunkPrefix}[name].${extensions[format]}`,
    sourcemap: true,
  },
});

/** A process or a thread that loads no ES module is there 6 ms sooner, and a host is ready when its engine thread is. */
const formatOf = (program: string): { format: 'esm' | 'cjs' } => ({
  format: /(^|-)(host|thread)$/.test(program) ? 'cjs' : 'esm',
});

/** Programs that a bench starts: its hosts, and what it compares them with. */
const programsOf: Readonly<Record<string, readonly string[]>> = {
  pool: ['host', 'engine-thread', 'empty-child', 'raw-fork-child', 'tinypool-child', 'workerpool-child'],
  scale: ['host', 'engine-thread'],
};

// A bench lies as deep in dist as the programs do, so what it imports finds them.
const benches = (name: string) => [
  bundle({ [name]: `test/bench/${name}.ts` }, 'dist/bench'),
  ...(programsOf[name] ?? []).map((program) =>
    bundle({ [program]: `test/bench/programs/${program}.ts` }, 'dist/bench/programs', formatOf(program)),
  ),
];

const programs = () => [
  bundle({ main: 'main/main.ts', cli: 'main/cli.ts' }, `dist/main${suffix}`),
  bundle({ preload: 'renderer/preload/preload.ts' }, `dist/preload${suffix}`, { format: 'cjs' }),
  // Threads and hosts apart from what starts them, so that each is one file without a shared chunk.
  bundle({ 'document-thread': 'main/documents/document-thread.ts' }, `dist/main${suffix}`),
  bundle({ host: 'native-host/host.ts' }, `dist/native-host${suffix}`, { ...formatOf('host'), chunkPrefix: 'host-' }),
  bundle({ 'engine-thread': 'native-host/engine-thread.ts' }, `dist/native-host${suffix}`, formatOf('engine-thread')),
  bundle({ 'audio-host': 'native-host/audio-host.ts' }, `dist/native-host${suffix}`, {
    ...formatOf('audio-host'),
    chunkPrefix: 'audio-host-',
  }),
  bundle({ 'audio-thread': 'native-host/audio-thread.ts' }, `dist/native-host${suffix}`, formatOf('audio-thread')),
];

export default defineConfig(bench === undefined ? programs() : benches(bench));
