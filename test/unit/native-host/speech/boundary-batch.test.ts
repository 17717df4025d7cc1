import { describe, expect, it } from 'vitest';
import { BoundaryBatch } from '../../../../native-host/speech/boundary-batch.ts';
import { type Boundary, MAX_BOUNDARIES_PER_MESSAGE } from '../../../../protocol/model/boundary.ts';
import { word } from '../../../helpers/stub-engine.ts';

describe('BoundaryBatch', () => {
  it('sends what was added since the last time, in order', () => {
    const sent: Boundary[][] = [];
    const batch = new BoundaryBatch((boundaries) => sent.push(boundaries));
    batch.add(word(0));
    batch.add(word(1));
    batch.flush();
    batch.add(word(2));
    batch.flush();
    expect(sent).toEqual([[word(0), word(1)], [word(2)]]);
  });

  it('sends nothing when there is nothing', () => {
    const sent: Boundary[][] = [];
    new BoundaryBatch((boundaries) => sent.push(boundaries)).flush();
    expect(sent).toEqual([]);
  });

  it('never makes a message larger than the contract allows', () => {
    const sizes: number[] = [];
    const batch = new BoundaryBatch((boundaries) => sizes.push(boundaries.length));
    for (let i = 0; i <= MAX_BOUNDARIES_PER_MESSAGE; i++) batch.add(word(i));
    batch.flush();
    expect(sizes).toEqual([MAX_BOUNDARIES_PER_MESSAGE, 1]);
  });
});
