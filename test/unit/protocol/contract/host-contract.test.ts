import { describe, expect, test } from 'vitest';
import { hostContract } from '../../../../protocol/contract/host-contract.ts';
import { Pcm } from '../../../../protocol/model/pcm.ts';
import { hostSamples } from '../../../fixtures/contracts/host-samples.ts';
import { testContract } from '../../../helpers/contract-table.ts';

describe('the host contract', () => {
  testContract(hostContract, hostSamples);

  test('half a sample of audio is refused', () => {
    expect(Pcm.safeParse(new Uint8Array(3)).success).toBe(false);
  });

  test('every request has a limit, on the whole or on its silence', () => {
    const endless = Object.entries(hostContract.requests).filter(
      ([, { timeoutMs, progressTimeoutMs }]) => timeoutMs === null && progressTimeoutMs === null,
    );
    expect(endless).toEqual([]);
  });
});
