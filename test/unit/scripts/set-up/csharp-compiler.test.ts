import { expect, test } from 'vitest';
import { findCsharpCompiler } from '../../../../scripts/set-up/csharp-compiler.mjs';

const framework = (name: string) => `D:\\Win\\Microsoft.NET\\${name}\\v4.0.30319\\csc.exe`;
const onWindows = (...there: string[]) =>
  findCsharpCompiler('win32', { SystemRoot: 'D:\\Win' }, (path) => there.includes(path))?.command;

test("takes .NET Framework's compiler for the machine's own processor on Windows", () => {
  expect(onWindows(framework('Framework'), framework('Framework64'))).toBe(framework('Framework64'));
  expect(onWindows(framework('Framework64'), framework('FrameworkArm64'))).toBe(framework('FrameworkArm64'));
  expect(onWindows(framework('Framework'))).toBe(framework('Framework'));
});

test('finds none where there is none', () => {
  expect(onWindows()).toBe(undefined);
  expect(findCsharpCompiler('linux', { PATH: '/nowhere' })).toBe(null);
});

test('holds every compiler to C# 5', () => {
  const csc = findCsharpCompiler('win32', {}, () => true);
  expect(csc?.options).toContain('-langversion:5');
});
