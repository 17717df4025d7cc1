import { z } from '../../../protocol/schema.ts';

const Pixels = z.int().check(z.minimum(-100_000), z.maximum(100_000));

/** Where the window was. Device-independent pixels; the bounds are those of the window when it is not maximised. */
export const WindowState = z.strictObject({
  x: Pixels,
  y: Pixels,
  width: Pixels.check(z.minimum(1)),
  height: Pixels.check(z.minimum(1)),
  isMaximized: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

/** The part of a display that is not taken by task bars. */
export interface WorkArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where to open the window. Without a position the system chooses one. */
export interface WindowPlacement {
  readonly bounds: { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number };
  readonly isMaximized: boolean;
}

export const MIN_SIZE = { width: 480, height: 400 };
const DEFAULT_SIZE = { width: 1_080, height: 760 };

/** By what a window is dragged: its title bar, of which so much must be on a display. */
const TITLE_BAR_HEIGHT = 32;
const MIN_VISIBLE_TITLE = { width: 120, height: 16 };

/**
 * Where to open a window that was at `saved` (null: never) on the displays of today, the primary one first, at least
 * one. A window whose title bar nobody could reach is opened where the system likes; none is larger than its display.
 */
export function placeWindow(saved: WindowState | null, workAreas: readonly [WorkArea, ...WorkArea[]]): WindowPlacement {
  const [primary] = workAreas;
  const isMaximized = saved?.isMaximized ?? false;
  if (!saved) return { bounds: clampSize(DEFAULT_SIZE, primary), isMaximized };
  const candidates = workAreas.map((area) => ({ area, bounds: { x: saved.x, y: saved.y, ...clampSize(saved, area) } }));
  const home = candidates.find(({ area, bounds }) => isTitleReachable(bounds, area));
  return { bounds: home?.bounds ?? clampSize(saved, primary), isMaximized };
}

function isTitleReachable(window: WorkArea, area: WorkArea): boolean {
  const width = overlap(window.x, window.width, area.x, area.width);
  const height = overlap(window.y, TITLE_BAR_HEIGHT, area.y, area.height);
  return width >= MIN_VISIBLE_TITLE.width && height >= MIN_VISIBLE_TITLE.height;
}

function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}

function clampSize(size: { width: number; height: number }, area: WorkArea): { width: number; height: number } {
  return {
    width: Math.max(MIN_SIZE.width, Math.min(size.width, area.width)),
    height: Math.max(MIN_SIZE.height, Math.min(size.height, area.height)),
  };
}
