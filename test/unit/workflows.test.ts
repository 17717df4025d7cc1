import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromRoot } from '../../scripts/set-up/root.mjs';
import { readYaml } from '../helpers/read-yaml.ts';

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: { readonly include: readonly Readonly<Record<string, unknown>>[] } };
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: Record<string, unknown> }[];
}

const FOLDER = '.github/workflows';
const { scripts } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8')) as { scripts: Record<string, string> };
const files = readdirSync(fromRoot(FOLDER)).map((name) => `${FOLDER}/${name}`);

it('there is a workflow', () => {
  expect(files).toContain(`${FOLDER}/ci.yml`);
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(fromRoot(file), 'utf8');
  const { jobs, permissions } = readYaml(file) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const runs = steps.flatMap(({ run }) => run ?? []);

  it('pins every action by its commit, and says of which version that is', () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
    const lines = text.split('\n').filter((line) => /\buses:/.test(line));
    expect(lines.length).toBe(actions.length);
    expect(lines.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('uses one commit of each action', () => {
    const pins = new Map<string, Set<string>>();
    for (const [, action = '', commit = ''] of text.matchAll(/uses: ([\w/-]+)@([0-9a-f]{40})/g))
      pins.set(action, new Set([...(pins.get(action) ?? []), commit]));
    expect([...pins].filter(([, commits]) => commits.size > 1)).toEqual([]);
  });

  it('runs npm scripts that exist', () => {
    const named = runs.flatMap((run) => [...run.matchAll(/npm run (?:-s )?([\w:]+)/g)].map((match) => match[1] ?? ''));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('may read, and no more; keeps no credentials; puts nothing that others write into a shell', () => {
    expect(permissions).toEqual({ contents: 'read' });
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
    expect(runs.filter((run) => /\$\{\{(?! *matrix\.)/.test(run))).toEqual([]);
  });

  it('ends every job some time', () => {
    expect(Object.entries(jobs).filter(([, job]) => typeof job['timeout-minutes'] !== 'number')).toEqual([]);
  });
});

describe('ci.yml', () => {
  const { jobs } = readYaml(`${FOLDER}/ci.yml`) as Workflow;
  const systemsOf = (job: string): unknown[] => jobs[job]?.strategy?.matrix.include.map(({ os }) => os) ?? [];
  const runsOf = (job: string): string => jobs[job]?.steps.map(({ run = '' }) => run).join('\n') ?? '';

  it('tests and packs on Linux, both kinds of Windows and macOS', () => {
    for (const job of ['test', 'pack'])
      expect(systemsOf(job)).toEqual(
        expect.arrayContaining(['ubuntu-24.04', 'windows-2025', 'windows-11-arm', 'macos-15']),
      );
    expect(runsOf('test')).toContain('npm test');
    expect(runsOf('pack')).toMatch(/npm run pack -- --installers[\s\S]*npm run smoke/);
  });

  it('settles on both kinds of Windows what only Windows can say, after packing', () => {
    expect(systemsOf('settle-sapi')).toEqual(['windows-2025', 'windows-11-arm']);
    expect(runsOf('settle-sapi')).toMatch(/npm run pack[\s\S]*npm run settle:sapi/);
  });

  it("measures SAPI there, with Windows' own voices, and keeps the numbers with what was settled", () => {
    const steps = jobs['settle-sapi']?.steps ?? [];
    const bench = steps.findIndex(({ run }) => run?.includes('npm run -s bench -- sapi --json'));
    const kept = steps.findIndex((step) => step.with?.path === 'settled');
    expect(steps[bench]?.run).toContain('settled/');
    expect([bench > 0, kept > bench]).toEqual([true, true]);
  });
});
