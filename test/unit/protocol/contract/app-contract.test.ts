import { describe } from 'vitest';
import { appContract } from '../../../../protocol/contract/app-contract.ts';
import { appSamples } from '../../../fixtures/contracts/app-samples.ts';
import { testContract } from '../../../helpers/contract-table.ts';

describe('the app contract', () => {
  testContract(appContract, appSamples);
});
