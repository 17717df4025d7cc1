import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MIN_SIZE, placeWindow, WindowState, type WorkArea } from '../../../../../main/shells/electron/window-state.ts';

const primary: WorkArea = { x: 0, y: 0, width: 1920, height: 1040 };
const left: WorkArea = { x: -1280, y: 100, width: 1280, height: 984 };
const saved: WindowState = { x: 100, y: 50, width: 1200, height: 800, isMaximized: false };

test('the first start has the default size, where the system likes', () => {
  expect(placeWindow(null, [primary])).toEqual({ bounds: { width: 1080, height: 760 }, isMaximized: false });
});

test('opens where it was', () => {
  expect(placeWindow(saved, [primary])).toEqual({
    bounds: { x: 100, y: 50, width: 1200, height: 800 },
    isMaximized: false,
  });
});

test('opens maximised when it was, with the bounds to go back to', () => {
  expect(placeWindow({ ...saved, isMaximized: true }, [primary])).toMatchObject({
    bounds: { x: 100, y: 50 },
    isMaximized: true,
  });
});

test('opens on the second display when it was there', () => {
  const there = { ...saved, x: -1200, y: 200, width: 900, height: 700 };

  expect(placeWindow(there, [primary, left]).bounds).toEqual({ x: -1200, y: 200, width: 900, height: 700 });
});

test.each([
  ['its display is gone', { x: -1200, y: 200 }],
  ['it is above all displays', { x: 100, y: -700 }],
  ['its title bar is below', { x: 100, y: 1030 }],
  ['a sliver of its title bar is left', { x: 1900, y: 50 }],
])('lets the system choose the place when %s, and keeps the size', (_, position) => {
  expect(placeWindow({ ...saved, ...position }, [primary])).toEqual({
    bounds: { width: 1200, height: 800 },
    isMaximized: false,
  });
});

test('is never larger than its display', () => {
  const small: WorkArea = { x: 0, y: 0, width: 1024, height: 700 };

  expect(placeWindow({ ...saved, x: 0, y: 0, width: 4000, height: 3000 }, [small]).bounds).toEqual({
    x: 0,
    y: 0,
    width: 1024,
    height: 700,
  });
});

test('is never smaller than it can be used', () => {
  expect(placeWindow({ ...saved, width: 1, height: 1 }, [primary]).bounds).toMatchObject(MIN_SIZE);
});

test.each([
  ['a missing key', { x: 0, y: 0, width: 1, height: 1 }],
  ['a fraction', { ...saved, x: 0.5 }],
  ['no width', { ...saved, width: 0 }],
  ['a number beyond any display', { ...saved, y: 1e9 }],
  ['a text', 'maximized'],
])('refuses a state with %s', (_, state) => {
  expect(WindowState.safeParse(state).success).toBe(false);
});

test('wherever it was, a title bar that has a place can be reached', () => {
  const position = fc.integer({ min: -10_000, max: 10_000 });
  const size = fc.integer({ min: 1, max: 10_000 });
  fc.assert(
    fc.property(position, position, size, size, (x, y, width, height) => {
      const { bounds } = placeWindow({ x, y, width, height, isMaximized: false }, [primary, left]);
      if (bounds.x === undefined || bounds.y === undefined) return;
      const [titleX, titleY] = [bounds.x, bounds.y];
      const reachable = [primary, left].some(
        (area) =>
          titleX < area.x + area.width &&
          titleX + bounds.width > area.x &&
          titleY >= area.y - 16 &&
          titleY < area.y + area.height,
      );
      expect(reachable).toBe(true);
    }),
  );
});
