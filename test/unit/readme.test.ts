import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseCommandLine } from '../../main/shells/cli/program.ts';
import { WireError } from '../../protocol/errors.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const read = (path: string): string => readFileSync(fromRoot(path), 'utf8');

const readme = read('README.md');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const SOURCES = ['main', 'native-host', 'protocol', 'renderer', 'scripts', 'shared-state'];
const FOLDERS = [...SOURCES, 'test', 'docs', 'packaging'];
const rootFiles = readdirSync(fromRoot('.'), { withFileTypes: true }).filter((entry) => entry.isFile());
const filesIn = (folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(fromRoot(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`),
  );

/** Files that Aside makes, of its own and in the examples. */
const MADE = [
  'settle-sapi.json',
  'settle-sapi.md',
  'settings.json',
  'draft.txt',
  'draft-position.json',
  'window-state.json',
  'harbour.json',
  'harbour.md',
];

function found(pattern: RegExp, text = readme): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? match[0]))];
}

/** The first cells of table rows that hold nothing but one name. */
const rowsNamed = (): string[] => found(/^\| `([a-z-]+)` \|/gm);

test('every path that the README names exists', () => {
  const paths = found(new RegExp(`(?<![\\w./~-])(?:${FOLDERS.join('|')})/[\\w./-]*\\w`, 'g'));
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => !existsSync(fromRoot(path)))).toEqual([]);
});

test('every file that the README names without its folder exists somewhere', () => {
  const names = new Set([
    ...rootFiles.map(({ name }) => name),
    ...filesIn(FOLDERS).map((path) => baseName(path)),
    ...MADE,
  ]);
  const named = found(/(?<![\w/.-])[\w-]+(?:\.[\w-]+)*\.(?:tsx?|mjs|json|md|png|txt|yml|svg)\b/g);
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? '';
}

test('every npm script that the README names exists, and every one that exists is named', () => {
  const named = ['start', 'test', ...found(/npm run (?:-s )?([a-z]+(?::[a-z]+)*)/g)];
  expect(named.sort()).toEqual(Object.keys(scripts).sort());
});

test('the README names the environment variables that the sources read, and no others', () => {
  const sources = [
    ...filesIn(SOURCES),
    ...rootFiles
      .map(({ name }) => name)
      .filter((name) => name.endsWith('.config.ts'))
      .map(fromRoot),
  ];
  const variable = /\bASIDE_[A-Z]+(?:_[A-Z]+)*\b/g;
  const inSources = new Set(sources.flatMap((path) => found(variable, readFileSync(path, 'utf8'))));
  expect(found(variable).sort()).toEqual([...inSources].sort());
});

test('the README names every option of the command line', () => {
  const help = ['voices', 'export', 'serve'].map((command) => {
    let text = '';
    parseCommandLine([command, '--help'], '0.0.0', {
      out: (part) => {
        text += part;
      },
    });
    return text;
  });
  const options = found(/--[a-z-]+/g, help.join('\n')).filter((option) => option !== '--help');
  expect(options).toContain('--timings');
  expect(options.filter((option) => !readme.includes(option))).toEqual([]);
});

test('the README explains every error code', () => {
  const codes = WireError.shape.code.options;
  expect(codes.filter((code) => !rowsNamed().includes(code))).toEqual([]);
});

test('the README lists every bench', () => {
  const benches = readdirSync(fromRoot('test/bench')).filter((name) => name.endsWith('.ts'));
  expect(benches.filter((name) => !rowsNamed().includes(name.replace('.ts', '')))).toEqual([]);
});

test('every link inside the README leads to a heading', () => {
  const anchors = found(/^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
  expect(found(/\]\(#([^)]+)\)/g).filter((target) => !anchors.includes(target))).toEqual([]);
});

test('the calls in the table of process models are code of the tests beside them', () => {
  const fixtures = filesIn(['test/fixtures/models']).map((path) => readFileSync(path, 'utf8'));
  const rows = [...readme.matchAll(/^\| [^|]+ \| ([^|]+) \| `(test\/integration\/[^`]+)` \|$/gm)];
  expect(rows).toHaveLength(11);
  for (const [, calls = '', path = ''] of rows) {
    const code = [read(path), ...fixtures].join('\n').replaceAll(/\s+/g, ' ');
    const named = found(/`([^`]+)`/g, calls);
    expect({ path, unknown: named.filter((call) => !code.includes(call)) }).toEqual({ path, unknown: [] });
  }
});
