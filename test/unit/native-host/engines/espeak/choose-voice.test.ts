import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { chooseVoice } from '../../../../../native-host/engines/espeak/choose-voice.ts';
import type { NativeLibrary } from '../../../../../native-host/engines/espeak/native-library.ts';

const dataPath = mkdtempSync(join(tmpdir(), 'aside-voices-'));
mkdirSync(join(dataPath, 'lang', 'gmw'), { recursive: true });
mkdirSync(join(dataPath, 'voices', 'mb'), { recursive: true });
writeFileSync(join(dataPath, 'lang', 'gmw', 'en-US'), 'American');
writeFileSync(join(dataPath, 'voices', 'mb', 'mb-EN1'), 'British');

afterAll(() => rmSync(dataPath, { recursive: true }));

/** Notes what it is told; a voice is chosen by its file as `status` says. */
function library(status: number | null): { library: NativeLibrary; chosen: string[] } {
  const chosen: string[] = [];
  const setVoiceByFile = (path: string): number => {
    expect(path).toBe(path.toLowerCase());
    chosen.push(`file of ${readFileSync(path, 'utf8')}`);
    return status ?? -1;
  };
  const parts: Partial<NativeLibrary> = {
    dataPath: () => dataPath,
    setVoiceByFile: status === null ? null : setVoiceByFile,
    setVoiceByName: (identifier) => {
      chosen.push(`name ${identifier}`);
      return 7;
    },
  };
  return { library: parts as NativeLibrary, chosen };
}

describe.runIf(process.platform === 'linux')('chooseVoice, where en-US is another file than en-us', () => {
  it.each([
    ['gmw/en-US', 'American'],
    ['mb/mb-EN1', 'British'],
  ])('chooses %s by its file, by a path in lower case', (identifier, content) => {
    const { library: own, chosen } = library(0);
    expect(chooseVoice(own, identifier)).toBe(0);
    expect(chosen).toEqual([`file of ${content}`]);
  });

  it('chooses by its name a voice whose file the library refuses', () => {
    const { library: own, chosen } = library(1);
    expect(chooseVoice(own, 'gmw/en-US')).toBe(7);
    expect(chosen).toEqual(['file of American', 'name gmw/en-US']);
  });

  it.each([
    ['a voice in lower case', 0, 'gmw/en'],
    ['a voice without a file', 0, 'gmw/en-XX'],
    ['every voice of a library that takes no files', null, 'gmw/en-US'],
  ])('chooses by its name %s', (_, status, identifier) => {
    const { library: own, chosen } = library(status);
    expect(chooseVoice(own, identifier)).toBe(7);
    expect(chosen).toEqual([`name ${identifier}`]);
  });
});

it('chooses by its name every voice where the library finds it in lower case', () => {
  const { library: own, chosen } = library(0);
  expect(chooseVoice(own, 'gmw/en-US', 'win32')).toBe(7);
  expect(chosen).toEqual(['name gmw/en-US']);
});
