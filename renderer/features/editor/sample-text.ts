/** Something to listen to for those who have nothing at hand. */
export const SAMPLE_TEXT = `Welcome to Aside.

Aside reads your text aloud while you follow along, or while you do something else. The word that is being spoken is lit up, and so is its sentence. When a line leaves the screen, the page moves with it; when you scroll away to look at something, it waits for you.

Try a few things. Change the speed while it reads: the next sentence takes it up. Skip ahead, skip back, or click a place in the bar below. Put the cursor into a word and press play to start right there. Select a few lines to hear only those.

You can go on editing while you listen. Nothing you type is lost, not even if the computer switches off.

When you like what you hear, export it. A whole book becomes an audio file in a minute or two, and you can keep reading in the meantime.
`;
