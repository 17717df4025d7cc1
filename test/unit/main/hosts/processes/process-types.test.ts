import { expect, expectTypeOf, test } from 'vitest';
import {
  exitsOf,
  type HostProcess,
  type ProcessExit,
  type ProcessOptions,
  startProcess,
} from '../../../../../main/hosts/hosts.ts';
import type { ProcessContext, runProcess } from '../../../../../native-host/runtime/runtime.ts';

test('a started process has a pid, and its end is null until it is known', () => {
  expectTypeOf(startProcess).parameters.toEqualTypeOf<[options: ProcessOptions]>();
  expectTypeOf(startProcess).returns.toEqualTypeOf<Promise<HostProcess>>();
  expectTypeOf<HostProcess['pid']>().toEqualTypeOf<number>();
  expectTypeOf<HostProcess['exit']>().toEqualTypeOf<ProcessExit | null>();
  expectTypeOf<HostProcess['exitCode']>().toEqualTypeOf<number | null>();
  expectTypeOf<HostProcess['exited']>().toEqualTypeOf<Promise<ProcessExit>>();
  expectTypeOf<ReturnType<HostProcess['join']>>().toEqualTypeOf<Promise<ProcessExit | null>>();
});

test('ends are read one by one', () => {
  expectTypeOf(exitsOf).returns.toEqualTypeOf<AsyncGenerator<ProcessExit, void, undefined>>();
  expectTypeOf(exitsOf).parameters.toEqualTypeOf<[processes: Iterable<HostProcess>]>();
});

test('what runs in a process returns an exit code or nothing, at once or later', () => {
  type Main = Parameters<typeof runProcess>[0];
  expectTypeOf<Parameters<Main>>().toEqualTypeOf<[context: ProcessContext]>();
  const fine: Main[] = [() => 3, async () => 3, () => {}, async () => {}];
  // @ts-expect-error -- an exit code is a number
  const wrong: Main = () => 'three';
  // @ts-expect-error -- a module is a path or a URL
  const nowhere = (): unknown => startProcess({ module: 7 });
  // @ts-expect-error -- a process runs something
  const nothing = (): unknown => startProcess({});
  expect([fine.length, wrong, nowhere, nothing]).toHaveLength(4);
});
