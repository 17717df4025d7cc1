import { expect, type Locator, type Page } from '@playwright/test';
import { type Highlight, recordedHighlights, recordHighlights, waitForHighlight } from './highlights.ts';
import { recordedNotices, recordNotices } from './watch-told.ts';

type Phase = 'idle' | 'starting' | 'playing' | 'waiting' | 'paused' | 'finished' | 'failed';

/** What a user finds on the page, by the names that they and screen readers know. */
export class AsidePage {
  readonly page: Page;
  readonly header: Locator;
  readonly voiceButton: Locator;
  readonly editor: Locator;
  readonly player: Locator;
  readonly scrubber: Locator;
  readonly exportCard: Locator;
  /** The voices, when the picker is open. */
  readonly voices: Locator;
  readonly announcements: Locator;
  /** How many highlights `hears` has gone through. */
  #heard = 0;

  constructor(page: Page) {
    this.page = page;
    this.header = page.getByRole('banner');
    this.voiceButton = page.getByRole('button', { name: /^Voice: / });
    this.editor = page.getByRole('textbox', { name: 'Text to read aloud' });
    this.player = page.getByRole('region', { name: 'Player' });
    this.scrubber = page.getByRole('slider', { name: 'Position in the text' });
    this.exportCard = page.getByRole('region', { name: 'Export' });
    this.voices = page.getByRole('listbox', { name: 'Voices' });
    this.announcements = page.getByTestId('announcements');
  }

  /** Waits until everything is there that the page asks for at its start. To be called after each reload, too. */
  async ready(): Promise<void> {
    this.#heard = 0;
    await expect(this.voiceButton).toHaveAccessibleName(/^Voice: (?!Voice$)/);
    await recordHighlights(this.page);
    await recordNotices(this.page);
  }

  /** A button of the header or of the player: there is one of each name. */
  button(name: string): Locator {
    return this.header.or(this.player).getByRole('button', { name, exact: true });
  }

  slider(name: string): Locator {
    return this.page.getByRole('slider', { name, exact: true });
  }

  /** The notice or banner about `text`. */
  notice(text: string | RegExp): Locator {
    return this.page.locator('[data-notice]').filter({ hasText: text });
  }

  /** Waits until a notice about `text` is shown, or has been since the page was ready: those that ask for nothing go. */
  async sees(text: string): Promise<void> {
    await expect.poll(() => recordedNotices(this.page)).toContainEqual(expect.stringContaining(text));
  }

  /** Types it all at once at the cursor, as an input method does. */
  async write(text: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.insertText(text);
  }

  /** Writes the text and puts the cursor to its beginning. */
  async writeToRead(text: string): Promise<void> {
    await this.write(text);
    await this.page.keyboard.press('ControlOrMeta+Home');
  }

  /** Another text in place of the one that is there. */
  async overwrite(text: string): Promise<void> {
    await this.editor.focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.writeToRead(text);
  }

  /** All lines that the editor shows. */
  async text(): Promise<string> {
    return (await this.editor.locator('.cm-line').allInnerTexts()).map((line) => line.replace(/^\n$/, '')).join('\n');
  }

  async chooseVoice(name: string): Promise<void> {
    await this.voiceButton.click();
    await this.voices.getByRole('option').filter({ hasText: name }).click();
    await expect(this.voiceButton).toHaveAccessibleName(`Voice: ${name}`);
  }

  async play(): Promise<void> {
    await this.button('Play').click();
  }

  /** Exports the text, or the selection, as what was chosen before. */
  async export(label = 'Export as an audio file'): Promise<void> {
    await this.button(label).click();
    await this.exportCard.getByRole('button', { name: 'Export', exact: true }).click();
  }

  async reaches(phase: Phase): Promise<void> {
    await expect(this.player).toHaveAttribute('data-playback', phase);
  }

  /** The word that is lit up. */
  get spokenWord(): Locator {
    return this.editor.locator('.spoken-word');
  }

  /** Where that word begins in the text; NaN while there is none. */
  async spokenFrom(): Promise<number> {
    return Number((await this.page.locator('.cm-editor').getAttribute('data-spoken-from')) ?? Number.NaN);
  }

  /** Waits until the word is lit up, after those that were waited for before. */
  async hears(word: string): Promise<void> {
    this.#heard = await waitForHighlight(this.page, word, this.#heard);
  }

  /** All words that have been lit up since the page was ready, in order, each as often as it was. */
  async litWords(): Promise<string[]> {
    return (await this.highlights()).map(({ word }) => word);
  }

  highlights(): Promise<Highlight[]> {
    return recordedHighlights(this.page);
  }

  /** The part of the text that is selected. */
  async selection(): Promise<string> {
    return this.page.evaluate(() => window.getSelection()?.toString() ?? '');
  }

  /** Milliseconds of audio that the player says it has given to the device since Play. */
  async playedMs(): Promise<number> {
    return Number(await this.player.getAttribute('data-played-ms'));
  }
}
