import { describe, expect, test } from 'vitest';
import { audioContract } from '../../../../protocol/contract/audio-contract.ts';
import { audioSamples } from '../../../fixtures/contracts/audio-samples.ts';
import { testContract } from '../../../helpers/contract-table.ts';

describe('the audio contract', () => {
  testContract(audioContract, audioSamples);

  test('every request has a limit, on the whole or on its silence', () => {
    const endless = Object.entries(audioContract.requests).filter(
      ([, { timeoutMs, progressTimeoutMs }]) => timeoutMs === null && progressTimeoutMs === null,
    );
    expect(endless).toEqual([]);
  });
});
