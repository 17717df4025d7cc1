import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HostState, isLive } from '../../../../main/hosts/host-state.ts';
import { SlotRoster } from '../../../../main/hosts/slot-roster.ts';

interface Slot {
  state: HostState;
  isFree: boolean;
  isWorn: boolean;
}

const ready = (): Slot => ({ state: 'ready', isFree: true, isWorn: false });

function rosterOf(...slots: Slot[]): SlotRoster<Slot> {
  const roster = new SlotRoster<Slot>();
  for (const slot of slots) roster.add(slot);
  return roster;
}

describe('the roster of slots', () => {
  it('gives the slot that became free last', () => {
    const [a, b] = [ready(), ready()];
    const roster = rosterOf(a, b);
    expect([roster.takeFree(), roster.takeFree(), roster.takeFree()]).toEqual([b, a, undefined]);
  });

  it('gives a slot again when it is free again, once', () => {
    const slot = ready();
    const roster = rosterOf(slot);
    roster.takeFree();
    slot.isFree = false;
    roster.refresh(slot);
    expect([roster.takeFree(), roster.free]).toEqual([undefined, 0]);
    slot.isFree = true;
    roster.refresh(slot);
    roster.refresh(slot);
    expect(roster.takeFree()).toBe(slot);
    expect(roster.takeFree()).toBeUndefined();
  });

  it('does not give a slot whose host has died unheard, and gives it again after its restart', () => {
    const slot = ready();
    const roster = rosterOf(slot);
    slot.isFree = false;
    expect(roster.takeFree()).toBeUndefined();
    slot.state = 'waiting';
    roster.refresh(slot);
    Object.assign(slot, ready());
    roster.refresh(slot);
    expect(roster.takeFree()).toBe(slot);
  });

  it('gives no slot that was removed, and takes no notice of it any more', () => {
    const slot = ready();
    const roster = rosterOf(slot);
    roster.remove(slot);
    roster.remove(slot);
    roster.refresh(slot);
    expect([roster.takeFree(), roster.all(), roster.live, roster.free]).toEqual([undefined, [], 0, 0]);
  });

  it('counts as one who looks at every slot would, whatever happens to them', () => {
    const states = ['idle', 'starting', 'ready', 'draining', 'stopped', 'waiting', 'gave-up'] as const;
    const change = fc.record({
      which: fc.nat({ max: 5 }),
      state: fc.constantFrom(...states),
      isFree: fc.boolean(),
      isWorn: fc.boolean(),
      isRemoved: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(change), (changes) => {
        const slots = Array.from({ length: 6 }, ready);
        const roster = rosterOf(...slots);
        for (const { which, isRemoved, ...next } of changes) {
          const slot = slots[which] as Slot;
          Object.assign(slot, next);
          if (isRemoved) roster.remove(slot);
          else roster.refresh(slot);
          const all = roster.all();
          const fresh = all.filter(({ state, isWorn }) => !(isWorn && isLive(state)));
          expect(states.map((state) => roster.fresh(state))).toEqual(
            states.map((state) => fresh.filter((each) => each.state === state).length),
          );
          expect([roster.live, roster.freshLive, roster.worn, roster.free]).toEqual([
            all.filter(({ state }) => isLive(state)).length,
            fresh.filter(({ state }) => isLive(state)).length,
            all.length - fresh.length,
            all.filter(({ isFree }) => isFree).length,
          ]);
        }
      }),
    );
  });
});
