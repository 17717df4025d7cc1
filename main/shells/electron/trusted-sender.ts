import type { WebFrameMain } from 'electron';
import { isOwnOrigin } from './page-address.ts';

/** What is looked at of a frame. */
export type SenderFrame = Pick<WebFrameMain, 'detached' | 'frameTreeNodeId' | 'parent' | 'url'>;

/**
 * Why a message is not from our own page; null when it is. `sender` is null when its frame is gone by now. Only the main
 * frame counts: a frame inside the page, whatever its address, is not the page.
 */
export function senderRefusal(
  sender: SenderFrame | null,
  mainFrame: Pick<WebFrameMain, 'frameTreeNodeId'>,
): string | null {
  if (sender === null) return 'its frame is gone';
  if (sender.detached) return 'its page has been left'; // and what it says must not be taken for the next page's
  if (sender.parent !== null || sender.frameTreeNodeId !== mainFrame.frameTreeNodeId) return 'it is not the main frame';
  return isOwnOrigin(sender.url) ? null : `its address is ${JSON.stringify(sender.url.slice(0, 200))}`;
}
