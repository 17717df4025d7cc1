import { expect, test } from 'vitest';
import { crashedPageQuestion, RELOAD_BUTTON } from '../../../../../main/shells/electron/crashed-page.ts';

test('a page that ended as it should raises no question', () => {
  expect(crashedPageQuestion({ reason: 'clean-exit', exitCode: 0 })).toBeNull();
});

test.each(['crashed', 'killed', 'abnormal-exit', 'launch-failed', 'integrity-failure', 'memory-eviction'] as const)(
  'after %s a reload is offered first, with the reason and the exit code',
  (reason) => {
    const question = crashedPageQuestion({ reason, exitCode: 139 });

    expect(question?.buttons?.[RELOAD_BUTTON]).toBe('Reload');
    expect(question?.defaultId).toBe(RELOAD_BUTTON);
    expect(question?.detail).toContain(`Reason: ${reason}, exit code 139.`);
  },
);

test('running out of memory is said in words', () => {
  expect(crashedPageQuestion({ reason: 'oom', exitCode: 1 })?.detail).toContain('It ran out of memory.');
});
