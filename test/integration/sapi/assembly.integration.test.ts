import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCsharpCompiler } from '../../../scripts/set-up/csharp-compiler.mjs';
import { fromRoot } from '../../../scripts/set-up/root.mjs';
import { run } from '../../../scripts/set-up/run.mjs';
import { guids, offsets, sizes, slots, values } from '../../fixtures/sapi/type-library.ts';
import { findWhyNoSapi } from '../../helpers/sapi-here.ts';

const whyNot = findWhyNoSapi();
const compiler = findCsharpCompiler();
const sources = fromRoot('native-host', 'engines', 'sapi', 'assembly');

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'aside-assembly-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

async function compile(...args: string[]) {
  const { command = '', options = [] } = compiler ?? {};
  const { code, text } = await run(command, [...options, ...args], { output: 'collect' });
  return { code, said: text.trim() };
}

if (whyNot !== undefined) it('the assembly is what Windows expects', ({ skip }) => skip(whyNot));

describe.runIf(whyNot === undefined)('the assembly', { timeout: 120_000 }, () => {
  it('compiles as C# 5 without a warning', async () => {
    const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cs'));
    const args = ['-target:library', '-warn:4', '-warnaserror+', `-out:${join(dir, 'Aside.Sapi.dll')}`];
    expect(await compile(...args, ...files.map((name) => join(sources, name)))).toEqual({ code: 0, said: '' });
  });

  describe('as compiled', () => {
    /** By kind: what the assembly says of itself, name by name. */
    const found: Record<string, Record<string, string>> = {};
    beforeAll(async () => {
      const program = join(dir, 'Layout.exe');
      const source = fromRoot('test', 'fixtures', 'sapi', 'Layout.cs');
      expect(await compile('-target:exe', `-out:${program}`, source)).toEqual({ code: 0, said: '' });
      const assembly = fromRoot('dist', 'sapi', 'Aside.Sapi.dll');
      const [command = '', ...args] = process.platform === 'win32' ? [program, assembly] : ['mono', program, assembly];
      const { code, text } = await run(command, args, { output: 'collect' });
      expect([code, text]).toEqual([0, expect.stringContaining('ISpVoice')]);
      for (const line of text.trim().split(/\r?\n/)) {
        const [kind = '', name = '', value = ''] = line.split('|');
        found[kind] = { ...found[kind], [name]: value };
      }
    });

    it('has the ids of the interfaces and classes that Windows has', () => {
      expect(found.guid).toEqual(guids);
    });

    it.each(Object.entries(slots))('has the slots of %s in the order of the type library', (name, methods) => {
      expect(found.slots?.[name]?.split(' ')).toEqual(methods);
    });

    it('has no interface that the type library was not asked about', () => {
      expect(Object.keys(found.slots ?? {}).sort()).toEqual(Object.keys(slots).sort());
    });

    it('has structures of the size that Windows has, and each field at its place', () => {
      expect(found.size).toEqual(Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, String(size)])));
      for (const [name, offset] of Object.entries(offsets))
        expect([name, found.offset?.[name]]).toEqual([name, String(offset)]);
    });

    it('has the constants that Windows has', () => {
      for (const [name, value] of Object.entries(values)) expect([name, found.value?.[name]]).toEqual([name, value]);
    });
  });
});
