import { describe, expect, it } from 'vitest';
import { type EndCircumstances, exitReason, toExitReport } from '../../../../main/hosts/host-exits.ts';
import { AsideError } from '../../../../protocol/errors.ts';
import { hostExit } from '../../../fixtures/contracts/model-samples.ts';

const died = new AsideError('internal', 'it is gone', { details: {} });
const babbled = new AsideError('host-protocol', 'it babbled', { details: { pid: 1, got: 'x' } });
const usual: EndCircumstances = { wanted: null, why: died, wasReady: true, isHopeless: false, isLeftBehind: false };

describe('the reason of an end', () => {
  it.each<[string, Partial<EndCircumstances>]>([
    ['crashed', {}],
    ['start-failed', { wasReady: false }],
    ['unavailable', { wasReady: false, isHopeless: true }],
    ['protocol', { why: babbled }],
    ['protocol', { why: babbled, wasReady: false, isHopeless: true }],
    ['hung', { wanted: 'hung' }],
    ['ended', { wanted: 'ended', wasReady: false }],
    ['left-behind', { wanted: 'ended', isLeftBehind: true }],
    ['left-behind', { why: babbled, isLeftBehind: true }],
  ])('is %s after %o', (reason, circumstances) => {
    expect(exitReason({ ...usual, ...circumstances })).toBe(reason);
  });
});

it('tells how long ago an end was', () => {
  const { agoMs: _, ...known } = hostExit;
  expect(toExitReport({ ...known, atMs: 1_000 }, 1_250)).toEqual({ ...known, agoMs: 250 });
});
