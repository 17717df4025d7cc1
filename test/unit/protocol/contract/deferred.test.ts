import { expect, test } from 'vitest';
import { createDeferred } from '../../../../protocol/contract/deferred.ts';

test('the first of the two ends decides', async () => {
  const resolved = createDeferred<string>();
  resolved.resolve('yes');
  resolved.reject(new Error('too late'));
  expect(await resolved.promise).toBe('yes');
  const rejected = createDeferred<string>();
  rejected.reject(new Error('no'));
  rejected.resolve('too late');
  await expect(rejected.promise).rejects.toThrow('no');
});
