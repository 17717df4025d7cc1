import { describe, expect, it } from 'vitest';
import { AsideError } from '../../../../protocol/errors.ts';
import { type Measure, measure } from '../../../bench/harness/measure.ts';
import { Report } from '../../../bench/harness/report.ts';
import { type Bench, runBench } from '../../../bench/harness/run-bench.ts';

const met = measure({ name: 'a', value: 1, unit: 'ms', bar: 2 });
const missed = measure({ name: 'b', value: 3, unit: 'ms', bar: 2 });

function benchOf(run: Bench['run']): Bench {
  return { name: 'sample', engines: ['scripted'], run };
}

function benchThatFinds(...measures: Measure[]): Bench {
  return benchOf(async ({ step, note }) => {
    step('measuring');
    note('how it was measured');
    return measures;
  });
}

async function run(bench: Bench, ...args: string[]) {
  const written = { stdout: '', stderr: '' };
  const exitCode = await runBench(bench, args, {
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
  });
  return { exitCode, ...written };
}

describe('runBench', () => {
  it('ends with 0 when every bar was met', async () => {
    expect((await run(benchThatFinds(met))).exitCode).toBe(0);
  });

  it('ends with 1 when a bar was missed', async () => {
    expect((await run(benchThatFinds(met, missed))).exitCode).toBe(1);
  });

  it('still prints what it found when a bar was missed', async () => {
    const { stdout } = await run(benchThatFinds(met, missed), '--json');
    expect(Report.parse(JSON.parse(stdout)).measures).toEqual([met, missed]);
  });

  it('prints nothing but one object and its line end to stdout with --json', async () => {
    const { stdout } = await run(benchThatFinds(met), '--json');
    expect(stdout.split('\n')).toEqual([expect.stringMatching(/^\{.*\}$/u), '']);
  });

  it('tells steps and notes on stderr with --json', async () => {
    const { stderr } = await run(benchThatFinds(met), '--json');
    expect(stderr).toBe('measuring\n  how it was measured\n');
  });

  it('puts the notes below the table', async () => {
    const { stdout } = await run(benchThatFinds(met));
    expect(stdout).toMatch(/ok\n\n {2}how it was measured\n$/u);
  });

  it('ends with 1 and says why when it cannot measure, with the remedy', async () => {
    const fails = benchOf(() => {
      throw new AsideError('engine-unavailable', 'libespeak-ng is not installed', {
        details: { engine: 'espeak' },
        remedy: 'Install libespeak-ng1.',
      });
    });
    expect(await run(fails, '--json')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'sample could not be measured: libespeak-ng is not installed. Install libespeak-ng1.\n',
    });
  });

  it('ends with 1 when a bench found nothing', async () => {
    expect((await run(benchThatFinds())).exitCode).toBe(1);
  });

  it.each([['--yaml'], ['--json', 'more']])('refuses the command line %s %s before it measures', async (...args) => {
    const never = benchOf(() => Promise.reject(new Error('it was run')));
    const { exitCode, stderr } = await run(never, ...args.filter((arg) => arg !== undefined));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('npm run -s bench -- sample [--json]');
  });
});
